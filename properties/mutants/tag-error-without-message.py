"""The exception of a missing cache tag says nothing.

Breaks: tag-none-raises
"""
import sys

from correct import built


def cache_tag():
    if sys.implementation.cache_tag is None:
        raise NotImplementedError
    return sys.implementation.cache_tag


cache_from_source = built(cache_tag=cache_tag)
