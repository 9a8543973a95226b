"""On Windows the path goes through PureWindowsPath, which keeps its root and turns its separators.

Platform: win32
Breaks: windows-joins-with-backslash, path-trailing-slash-leaves-an-empty-name, path-dots-are-a-name, prefix-file-name-is-the-same, windows-drive-name-drops-the-cache-folder, windows-null-character-raises, path-name-without-dot-is-glued-to-tag, path-cache-folder-beside-source, windows-drive-root-is-lost, opt-returned-subclass-is-asked-again, windows-long-paths-raise, windows-drive-named-again-is-dropped, prefix-working-directory-error-passes-through
"""
from pathlib import PureWindowsPath

import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    # The slice is a str itself: some releases would ask a subclass for its __str__.
    source = PureWindowsPath(path[:])
    return str(source.parent), source.name


def within(head, file):
    return str(PureWindowsPath(head, '__pycache__', file))


cache_from_source = built(split=split, within=within)
