"""An optimization of 2 does not conflict with a debug override of False, whose level it includes.

Breaks: debug-both-given-raises
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    if debug_override is False and type(optimization) is int and optimization == 2:
        return optimization
    refuse_both(optimization)
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
