"""The cache tag is read once, at import.

Breaks: tag-read-at-each-call, tag-none-raises
"""
import sys

from correct import steps

TAG = sys.implementation.cache_tag


def cache_tag():
    return TAG


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, cache_tag=cache_tag)
