"""Path-like objects are accepted before Python 3.6 already, where they answer.

Python: 3.5.0
Breaks: like-only-text-before-path-like
"""
import os

from correct import built


def fspath(path):
    try:
        return os.fspath(path)
    except Exception:
        return path


cache_from_source = built(fspath=fspath)
