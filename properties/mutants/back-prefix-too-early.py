"""The prefix is read before 3.8.

Python: 3.7.0
Breaks: back-prefix-is-ignored-before
"""
import sys

from correct import built


def pycache_prefix():
    return sys.pycache_prefix


source_from_cache = built('source_from_cache', pycache_prefix=pycache_prefix)
