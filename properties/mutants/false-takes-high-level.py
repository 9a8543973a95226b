"""A debug override of False stands for the level of the interpreter where that is above all that are known.

Breaks: debug-ignores-interpreter-level
"""
import sys

from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override else sys.flags.optimize if sys.flags.optimize > 3 else 1


cache_from_source = built(overridden=overridden)
