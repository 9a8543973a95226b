"""A path by keyword is ignored where there is one by position.

Breaks: call-argument-given-twice-raises
"""
import correct


def cache_from_source(*args, **kwargs):
    if args:
        kwargs.pop('path', None)
    return correct.cache_from_source(*args, **kwargs)
