"""An instance of a subclass of str is no path.

Breaks: back-str-subclass-is-accepted
"""
import os

from correct import built


def fspath(path):
    if isinstance(path, str) and type(path) is not str:
        raise TypeError('expected str, not ' + type(path).__name__)
    return os.fspath(path)


source_from_cache = built('source_from_cache', fspath=fspath)
