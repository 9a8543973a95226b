"""A float that is a whole number is written as an integer.

Breaks: opt-float-by-its-repr
"""
import correct
from correct import steps


def text_of(optimization):
    if isinstance(optimization, float) and optimization.is_integer():
        optimization = int(optimization)
    return correct.text_of(optimization)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
