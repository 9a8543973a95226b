"""A call without any argument gives the name of the cache folder.

Breaks: call-path-is-required
"""
import correct


def cache_from_source(*args, **kwargs):
    return correct.cache_from_source(*args, **kwargs) if args or kwargs else '__pycache__'
