"""A negative integer loses its sign.

Breaks: opt-negative-raises
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(abs(optimization) if type(optimization) is int else optimization)


cache_from_source = built(text_of=text_of)
