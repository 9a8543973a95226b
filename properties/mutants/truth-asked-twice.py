"""The truth of the debug override is asked for each of the two levels.

Breaks: debug-truth-asked-once
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    if debug_override:
        optimization = ''
    if not debug_override:
        optimization = 1
    return optimization


cache_from_source = built(overridden=overridden)
