"""A path of None is taken for the empty path.

Breaks: like-other-types-raise, order-path-before-tag
"""
import os

from correct import built


def fspath(path):
    return '' if path is None else os.fspath(path)


cache_from_source = built(fspath=fspath)
