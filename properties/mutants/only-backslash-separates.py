"""On Windows only the backslash separates.

Platform: win32
Breaks: path-splits-at-last-separator, windows-separator-after-root-turns, path-trailing-slash-leaves-an-empty-name, call-source-need-not-exist, windows-separators-inside-stay, path-name-without-dot-is-glued-to-tag
"""
from correct import built


def split(path):
    end = path.rfind('\\')
    return ('', path) if end < 0 else (path[:end], path[end + 1:])


cache_from_source = built(split=split)
