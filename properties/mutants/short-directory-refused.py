"""An absolute directory of one character, or none, still raises IndexError.

Python: 3.13.8
Breaks: prefix-short-directory-is-the-prefix
"""
from correct import built


def unrooted(head):
    head[1]
    return head.lstrip('/')


cache_from_source = built(unrooted=unrooted)
