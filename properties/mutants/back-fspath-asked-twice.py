"""The method __fspath__ is called twice.

Breaks: back-fspath-asked-once
"""
import os

from correct import built


def fspath(path):
    os.fspath(path)
    return os.fspath(path)


source_from_cache = built('source_from_cache', fspath=fspath)
