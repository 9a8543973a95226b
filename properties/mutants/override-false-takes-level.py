"""A debug override of False stands for the interpreter's own level, where that is not 0.

Breaks: debug-ignores-interpreter-level
"""
import sys

from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override else sys.flags.optimize or 1


cache_from_source = built(overridden=overridden)
