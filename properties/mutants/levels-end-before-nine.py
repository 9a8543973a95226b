"""Of the levels of one digit the last is left out.

Breaks: opt-integer-by-its-digits
"""
import correct
from correct import built


def text_of(optimization):
    if type(optimization) is int and optimization in range(10) and optimization not in range(9):
        raise ValueError('{!r} is not a level'.format(optimization))
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
