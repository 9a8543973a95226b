"""The interpreter's level 0 adds .opt-0.

Breaks: opt-interpreter-level-zero-adds-no-segment
"""
import sys

import correct
from correct import steps


def text_of(optimization):
    return correct.text_of(sys.flags.optimize if optimization is None else optimization)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
