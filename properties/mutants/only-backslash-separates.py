"""On Windows only the backslash separates.

Platform: win32
Breaks: path-splits-at-last-separator, call-source-need-not-exist, path-trailing-slash-leaves-an-empty-name, windows-separator-after-root-turns, windows-drive-name-drops-the-cache-folder, windows-prefix-drops-the-drive, path-dots-in-directories-do-not-count
"""
from correct import built


def split(path):
    end = path.rfind('\\')
    return ('', path) if end < 0 else (path[:end], path[end + 1:])


cache_from_source = built(split=split)
