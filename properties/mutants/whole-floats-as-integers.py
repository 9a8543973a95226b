"""A float that is a whole number is written as an integer.

Breaks: opt-float-by-its-repr
"""
import correct
from correct import built


def text_of(optimization):
    if isinstance(optimization, float) and optimization.is_integer():
        optimization = int(optimization)
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
