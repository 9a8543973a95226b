"""On Windows the path is cut and put together with ntpath, which keeps its root.

Platform: win32
Breaks: windows-joins-with-backslash, windows-drive-name-drops-the-cache-folder, windows-root-is-lost, windows-null-character-raises, path-name-without-dot-is-glued-to-tag, prefix-file-name-is-the-same, windows-root-of-separators-is-one, windows-drive-is-a-letter, path-last-dot-ends-the-name, path-leading-dot-is-dropped, windows-long-paths-raise, prefix-working-directory-error-passes-through
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
