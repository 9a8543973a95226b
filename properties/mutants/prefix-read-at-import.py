"""The pycache prefix is read once, at import.

Breaks: prefix-is-read-at-each-call, prefix-replaces-the-cache-folder
"""
import sys

from correct import built

PREFIX = getattr(sys, 'pycache_prefix', None)


def pycache_prefix():
    return PREFIX


cache_from_source = built(pycache_prefix=pycache_prefix)
