"""On Windows the path goes through PureWindowsPath, which keeps its root and turns its separators.

Platform: win32
Breaks: windows-joins-with-backslash, path-dots-are-a-name, prefix-file-name-is-the-same, path-trailing-slash-leaves-an-empty-name, windows-drive-name-drops-the-cache-folder, windows-drive-is-a-letter, path-leading-dot-is-dropped, windows-null-character-raises, windows-root-of-separators-is-one, opt-returned-subclass-is-asked-again, path-last-dot-ends-the-name, prefix-working-directory-error-passes-through, windows-long-paths-raise
"""
from pathlib import PureWindowsPath

import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    # The slice is a plain str. For an instance of a subclass, some releases would call __str__.
    source = PureWindowsPath(path[:])
    return str(source.parent), source.name


def within(head, file):
    return str(PureWindowsPath(head, '__pycache__', file))


cache_from_source = built(split=split, within=within)
