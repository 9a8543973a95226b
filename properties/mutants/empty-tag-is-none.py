"""An empty cache tag is taken for none.

Breaks: tag-may-be-empty
"""
import sys

from correct import built


def cache_tag():
    if not sys.implementation.cache_tag:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    return sys.implementation.cache_tag


cache_from_source = built(cache_tag=cache_tag)
