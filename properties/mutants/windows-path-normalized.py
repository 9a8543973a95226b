"""On Windows the directory is tidied with ntpath.normpath.

Platform: win32
Breaks: windows-separators-inside-stay
"""
import ntpath

import correct
from correct import built


def within(head, file):
    return correct.within(ntpath.normpath(head) if head else head, file)


cache_from_source = built(within=within)
