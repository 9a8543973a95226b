"""On Windows a path is cut at its last slash, as on POSIX.

Python: 3.5.0
Platform: win32
Breaks: windows-both-separators
"""
from correct import built


def split(path):
    head, _, name = path.rpartition('/')
    return head, name


cache_from_source = built(split=split)
