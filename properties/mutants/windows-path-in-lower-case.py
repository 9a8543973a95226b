"""On Windows the path goes through ntpath.normcase.

Platform: win32
Breaks: windows-names-are-not-checked, windows-separators-inside-stay
"""
import ntpath

import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return ntpath.normcase(head), name.lower()


cache_from_source = built(split=split)
