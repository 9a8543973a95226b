"""The debug override does not warn.

Breaks: debug-override-warns
"""
from correct import built, refuse_both


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    refuse_both(optimization)
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
