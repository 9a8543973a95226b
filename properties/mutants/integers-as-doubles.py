"""An integer goes through a float, so beyond 2**53 its digits change.

Breaks: opt-integer-by-its-digits
"""
import correct
from correct import steps


def text_of(optimization):
    if type(optimization) is int:
        optimization = int(float(optimization))
    return correct.text_of(optimization)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
