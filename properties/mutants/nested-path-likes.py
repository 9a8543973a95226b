"""A path-like object that __fspath__ returns is asked in turn.

Breaks: like-fspath-must-give-str
"""
import os

from correct import built


def fspath(path):
    while hasattr(type(path), '__fspath__') and not isinstance(path, (str, bytes)):
        path = type(path).__fspath__(path)
    return os.fspath(path)


cache_from_source = built(fspath=fspath)
