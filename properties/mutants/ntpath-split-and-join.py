"""On Windows the path is cut and put together with ntpath, which keeps its root.

Platform: win32
Breaks: windows-root-is-lost, windows-root-of-separators-is-one, windows-drive-root-is-lost, windows-drive-name-drops-the-cache-folder
"""
import ntpath

import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    return ntpath.split(path)


def within(head, file):
    return ntpath.join(head, '__pycache__', file)


cache_from_source = built(split=split, within=within)
