"""On Windows a file in the root of a drive has its cache folder there.

Platform: win32
Breaks: windows-drive-root-is-lost
"""
import re

import correct
from correct import built


def within(head, file):
    alone = re.fullmatch('[A-Za-z]:', head) and not file[1:2] == ':'
    return correct.within(head + '\\' if alone else head, file)


cache_from_source = built(within=within)
