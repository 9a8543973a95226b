"""The optimization is compared with None by ==.

Breaks: opt-compared-with-none-by-identity
"""
import correct
from correct import steps


def text_of(optimization):
    return correct.text_of(None if optimization == None else optimization)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
