"""On Windows a name that starts with a drive drops what stands before it, before Python 3.8.10 already.

Python: 3.8.0
Platform: win32
Breaks: windows-drive-is-part-of-the-name
"""
import re

import correct
from correct import built


def within(head, file):
    return file if re.match('[A-Za-z]:', file) else correct.within(head, file)


cache_from_source = built(within=within)
