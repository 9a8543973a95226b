"""On Windows only the backslash separates.

Platform: win32
Breaks: windows-both-separators, windows-joins-with-backslash
"""
from correct import built


def split(path):
    end = path.rfind('\\')
    return ('', path) if end < 0 else (path[:end], path[end + 1:])


cache_from_source = built(split=split)
