"""An empty cache tag is treated like None.

Breaks: back-tag-may-be-empty
"""
import sys

from correct import built


def cache_tag():
    if not sys.implementation.cache_tag:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    return sys.implementation.cache_tag


source_from_cache = built('source_from_cache', cache_tag=cache_tag)
