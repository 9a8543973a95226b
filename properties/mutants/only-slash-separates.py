"""On Windows a path is cut at its last slash, as on POSIX.

Platform: win32
Breaks: windows-both-separators, path-splits-at-last-separator
"""
from correct import built


def split(path):
    end = path.rfind('/')
    return ('', path) if end < 0 else (path[:end], path[end + 1:])


cache_from_source = built(split=split)
