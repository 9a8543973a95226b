"""The interpreter's level 0 adds .opt-0.

Breaks: opt-interpreter-level-zero-adds-no-segment
"""
import sys

import correct
from correct import built


def text_of(optimization):
    return correct.text_of(sys.flags.optimize if optimization is None else optimization)


cache_from_source = built(text_of=text_of)
