"""On Windows every slash becomes a backslash.

Platform: win32
Breaks: windows-separators-inside-stay
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return head.replace('/', '\\'), name


cache_from_source = built(split=split)
