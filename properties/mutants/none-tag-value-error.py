"""A cache tag of None raises ValueError.

Breaks: tag-none-raises
"""
import sys

from correct import built


def cache_tag():
    if sys.implementation.cache_tag is None:
        raise ValueError('sys.implementation.cache_tag is None')
    return sys.implementation.cache_tag


cache_from_source = built(cache_tag=cache_tag)
