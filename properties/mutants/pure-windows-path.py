"""On Windows the path goes through PureWindowsPath, which keeps its root and turns its separators.

Platform: win32
Breaks: windows-separators-inside-stay, windows-root-is-lost, windows-drive-root-is-lost
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
