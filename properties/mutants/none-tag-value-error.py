"""A cache tag of None raises ValueError.

Breaks: tag-none-raises
"""
import sys

from correct import steps


def cache_tag():
    if sys.implementation.cache_tag is None:
        raise ValueError('sys.implementation.cache_tag is None')
    return sys.implementation.cache_tag


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, cache_tag=cache_tag)
