"""Below a prefix links are followed, with os.path.realpath.

Breaks: prefix-directory-is-not-normalized
"""
import os

from correct import built


def absolute(head):
    try:
        return os.path.realpath(head)
    except (ValueError, OSError):  # a NUL, a name that is too long
        return os.path.abspath(head)


cache_from_source = built(absolute=absolute)
