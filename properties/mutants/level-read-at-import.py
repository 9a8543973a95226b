"""The interpreter's level is read once, at import.

Breaks: opt-none-reads-interpreter-level
"""
import sys

import correct
from correct import steps

LEVEL = sys.flags.optimize or ''


def text_of(optimization):
    return correct.text_of(LEVEL if optimization is None else optimization)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
