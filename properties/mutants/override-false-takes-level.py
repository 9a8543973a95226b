"""A debug override of False stands for the interpreter's own level, where that is not 0.

Breaks: debug-ignores-interpreter-level, debug-false-is-level-one
"""
import sys

from correct import refuse_both, steps, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override else sys.flags.optimize or 1


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, overridden=overridden)
