"""Path-like objects are accepted before 3.6.

Python: 3.5.0
Breaks: back-only-text-before-path-like
"""
import os

from correct import built


def fspath(path):
    return os.fspath(path)


source_from_cache = built('source_from_cache', fspath=fspath)
