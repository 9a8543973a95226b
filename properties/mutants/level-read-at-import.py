"""The interpreter's level is read once, at import.

Breaks: opt-none-reads-interpreter-level
"""
import sys

import correct
from correct import built

LEVEL = sys.flags.optimize or ''


def text_of(optimization):
    return correct.text_of(LEVEL if optimization is None else optimization)


cache_from_source = built(text_of=text_of)
