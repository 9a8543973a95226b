"""A debug override of False is converted to an integer, which is 0.

Breaks: debug-false-is-level-one
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    if debug_override is False:
        return int(debug_override)
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
