"""A level of the interpreter above 2 counts as 2.

Breaks: opt-none-reads-interpreter-level
"""
import sys

import correct
from correct import built


def text_of(optimization):
    level = min(sys.flags.optimize, 2)
    return correct.text_of((level or None) if optimization is None else optimization)


cache_from_source = built(text_of=text_of)
