"""Without a cache tag the function goes on.

Breaks: back-tag-none-raises
"""
from correct import built


def cache_tag():
    return None


source_from_cache = built('source_from_cache', cache_tag=cache_tag)
