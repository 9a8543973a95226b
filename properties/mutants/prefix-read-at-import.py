"""The pycache prefix is read once, at import.

Breaks: prefix-replaces-the-cache-folder, prefix-short-directory-raises, prefix-working-directory-error-passes-through
"""
import sys

from correct import built

PREFIX = getattr(sys, 'pycache_prefix', None)


def pycache_prefix():
    return PREFIX


cache_from_source = built(pycache_prefix=pycache_prefix)
