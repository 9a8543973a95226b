"""On Windows the path is cut and put together with ntpath, which keeps its root.

Platform: win32
Breaks: windows-joins-with-backslash, windows-drive-name-drops-the-cache-folder, windows-drive-is-a-letter, windows-root-of-separators-is-one, windows-null-character-raises, path-leading-dot-is-dropped, path-last-dot-ends-the-name, prefix-file-name-is-the-same, path-cache-folder-beside-source, prefix-working-directory-error-passes-through, windows-long-paths-raise
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
