"""The ./ of a relative directory is dropped before Python 3.12 already.

Python: 3.11.0
Breaks: prefix-leading-dot-stays, prefix-directory-is-not-normalized
"""
from correct import built, getcwd, is_absolute, join, without_dot


def absolute(head):
    return head if is_absolute(head) else join(getcwd(), without_dot(head))


cache_from_source = built(absolute=absolute)
