"""On Windows a path is cut at its last slash, as on POSIX.

Platform: win32
Breaks: path-splits-at-last-separator, prefix-replaces-the-cache-folder, path-trailing-slash-leaves-an-empty-name, path-cache-folder-beside-source, prefix-absolute-source-needs-no-working-directory, windows-drive-name-drops-the-cache-folder, windows-long-paths-raise
"""
from correct import built


def split(path):
    end = path.rfind('/')
    return ('', path) if end < 0 else (path[:end], path[end + 1:])


cache_from_source = built(split=split)
