"""An optimization wins over a debug override, where both should conflict.

Breaks: debug-both-given-raises, order-both-given-before-truth
"""
from correct import built, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    if optimization is not None:
        return optimization
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
