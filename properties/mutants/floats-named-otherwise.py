"""The floats that are no numbers are called NaN and Infinity.

Breaks: opt-float-by-its-repr
"""
import correct
from correct import built

NAMES = {'nan': 'NaN', 'inf': 'Infinity'}


def text_of(optimization):
    if type(optimization) is float:
        optimization = NAMES.get(str(optimization), optimization)
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
