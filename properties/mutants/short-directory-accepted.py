"""An absolute directory of one character, or none, is the prefix itself before Python 3.13.8 already.

Python: 3.13.0
Breaks: prefix-short-directory-raises
"""
from correct import built


def unrooted(head):
    return head.lstrip('/')


cache_from_source = built(unrooted=unrooted)
