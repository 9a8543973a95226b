"""The pycache prefix is read before Python 3.8 already.

Python: 3.7.0
Breaks: prefix-is-ignored-before
"""
import sys

from correct import built


def pycache_prefix():
    return sys.pycache_prefix


cache_from_source = built(pycache_prefix=pycache_prefix)
