"""The conflict with an optimization is seen before the debug override warns.

Breaks: order-warning-before-error
"""
from correct import refuse_both, steps, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    refuse_both(optimization)
    warn()
    return '' if debug_override else 1


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, overridden=overridden)
