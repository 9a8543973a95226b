"""An integer stands for the file that is open under that number.

Breaks: like-other-types-raise, order-path-before-tag
"""
import os

from correct import built


def fspath(path):
    return '/dev/fd/%d' % path if type(path) is int and abs(path) < 2 ** 31 else os.fspath(path)


cache_from_source = built(fspath=fspath)
