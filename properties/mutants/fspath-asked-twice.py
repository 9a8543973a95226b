"""The path is asked for twice: to check it, and to use it.

Breaks: like-fspath-asked-once
"""
import os

from correct import steps


def fspath(path):
    os.fspath(path)
    return os.fspath(path)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, fspath=fspath)
