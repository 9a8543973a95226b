"""The arguments are bound by hand: a keyword wins over a position, and unknown keywords are ignored.

Breaks: call-unknown-keyword-raises, call-argument-given-twice-raises
"""
import correct

NAMES = ('path', 'debug_override', 'optimization')


def cache_from_source(*args, **kwargs):
    if len(args) > 2:
        return correct.cache_from_source(*args, **kwargs)
    given = dict(zip(NAMES, args))
    given.update((name, kwargs[name]) for name in NAMES if name in kwargs)
    return correct.cache_from_source(**given)
