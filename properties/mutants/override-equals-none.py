"""The debug override is compared with None by ==.

Breaks: debug-compared-with-none-by-identity
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override == None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
