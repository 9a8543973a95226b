"""The ./ of a relative directory stays below the prefix, as it did before Python 3.12.

Python: 3.12.0
Breaks: prefix-leading-dot-is-dropped-once, prefix-short-directory-raises
"""
from correct import built


def without_dot(head):
    return head


cache_from_source = built(without_dot=without_dot)
