"""On Windows a file in the root of a drive has its cache folder elsewhere before Python 3.8.10 already.

Python: 3.8.0
Platform: win32
Breaks: windows-drive-root-is-kept
"""
import re

import correct
from correct import built


def within(head, file):
    return head + '__pycache__\\' + file if re.fullmatch('[A-Za-z]:', head) else correct.within(head, file)


cache_from_source = built(within=within)
