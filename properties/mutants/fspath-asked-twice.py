"""The path is asked for twice: to check it, and to use it.

Breaks: like-fspath-asked-once
"""
import os

from correct import built


def fspath(path):
    os.fspath(path)
    return os.fspath(path)


cache_from_source = built(fspath=fspath)
