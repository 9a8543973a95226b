"""Path-like objects are refused.

Breaks: back-fspath-gives-the-path
"""
import os

from correct import built


def fspath(path):
    os.fspath(path)
    if not isinstance(path, (str, bytes)):
        raise TypeError('expected str, not ' + type(path).__name__)
    return path


source_from_cache = built('source_from_cache', fspath=fspath)
