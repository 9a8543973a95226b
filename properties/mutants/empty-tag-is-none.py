"""An empty cache tag is taken for none.

Breaks: tag-may-be-empty
"""
import sys

from correct import steps


def cache_tag():
    if not sys.implementation.cache_tag:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    return sys.implementation.cache_tag


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, cache_tag=cache_tag)
