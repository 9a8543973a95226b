"""A path that a system call would not take is refused.

Breaks: path-of-any-length
"""
import errno

import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    if len(path) >= 4096:
        raise OSError(errno.ENAMETOOLONG, 'File name too long')
    return head, name


cache_from_source = built(split=split)
