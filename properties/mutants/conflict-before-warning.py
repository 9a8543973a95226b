"""The conflict with an optimization is seen before the debug override warns.

Breaks: order-warning-before-error
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    refuse_both(optimization)
    warn()
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
