"""On Windows a drive that is no letter is part of the name in Python 3.8.10 already.

Python: 3.8.10
Platform: win32
Breaks: windows-drive-is-any-character
"""
import re

import correct
from correct import built, join_plainly


def within(head, file):
    odd = file[1:2] == ':' and not re.match('[A-Za-z]', file)
    return (join_plainly if odd else correct.join)(head, '__pycache__', file)


cache_from_source = built(within=within)
