"""On Windows a directory that starts with a drive and no root gets that root.

Platform: win32
Breaks: windows-separators-inside-stay
"""
import re

import correct
from correct import built


def within(head, file):
    rootless = re.match('[A-Za-z]:[a-z]', head) and file[1:2] != ':'
    return correct.within(head[:2] + '\\' + head[2:] if rootless else head, file)


cache_from_source = built(within=within)
