"""Beside a path that stands alone unknown keywords are ignored.

Breaks: call-unknown-keyword-raises
"""
import correct

NAMES = {'path', 'debug_override', 'optimization'}


def cache_from_source(*args, **kwargs):
    if len(args) == 1:
        kwargs = {name: value for name, value in kwargs.items() if name in NAMES}
    return correct.cache_from_source(*args, **kwargs)
