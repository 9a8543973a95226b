"""A debug override of True is level 0, with a segment.

Breaks: debug-true-is-empty-optimization
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    if debug_override is True:
        return 0
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
