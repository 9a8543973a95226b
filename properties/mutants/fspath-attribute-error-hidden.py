"""An AttributeError out of __fspath__ is taken to say that there is none.

Breaks: like-fspath-error-passes-through
"""
import os

from correct import built


def fspath(path):
    try:
        return os.fspath(path)
    except AttributeError:
        raise TypeError('expected str, bytes or os.PathLike object, not ' + type(path).__name__)


cache_from_source = built(fspath=fspath)
