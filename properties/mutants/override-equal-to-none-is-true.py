"""A debug override that equals None counts as true.

Breaks: debug-compared-with-none-by-identity
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override == None or debug_override else 1


cache_from_source = built(overridden=overridden)
