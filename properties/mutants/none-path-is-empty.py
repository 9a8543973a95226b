"""A path of None is taken for the empty path.

Breaks: like-other-types-raise, order-path-before-tag
"""
import os

from correct import steps


def fspath(path):
    return '' if path is None else os.fspath(path)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, fspath=fspath)
