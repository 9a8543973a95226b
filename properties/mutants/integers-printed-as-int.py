"""An integer that fits 64 bits goes through C's %d, which keeps 32.

Breaks: opt-integer-by-its-digits
"""
import ctypes

import correct
from correct import built


def text_of(optimization):
    if type(optimization) is int and 0 <= optimization < 2 ** 63:
        optimization = abs(ctypes.c_int32(optimization).value)
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
