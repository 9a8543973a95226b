"""The path goes through PurePosixPath, which keeps the root and drops trailing slashes and dots.

Breaks: path-dots-are-a-name, path-root-is-lost, prefix-root-file-counts-as-relative, path-trailing-slash-leaves-an-empty-name, prefix-short-directory-raises, path-name-without-dot-is-glued-to-tag
"""
from pathlib import PurePosixPath

import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    # The slice is a plain str. For an instance of a subclass, some releases would call __str__.
    source = PurePosixPath(path[:])
    return str(source.parent), source.name


def within(head, file):
    return str(PurePosixPath(head, '__pycache__', file))


cache_from_source = built(split=split, within=within)
