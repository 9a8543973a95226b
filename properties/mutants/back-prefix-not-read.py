"""The prefix is not read.

Breaks: back-prefix-is-dropped
"""
from correct import built


def pycache_prefix():
    return None


source_from_cache = built('source_from_cache', pycache_prefix=pycache_prefix)
