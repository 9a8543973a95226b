"""The truth of the debug override is asked before the conflict with an optimization is seen.

Breaks: order-both-given-before-truth
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    level = '' if debug_override else 1
    refuse_both(optimization)
    return level


cache_from_source = built(overridden=overridden)
