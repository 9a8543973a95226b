"""The debug override is compared with None by ==.

Breaks: debug-compared-with-none-by-identity
"""
from correct import refuse_both, steps, warn


def overridden(debug_override, optimization):
    if debug_override == None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override else 1


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, overridden=overridden)
