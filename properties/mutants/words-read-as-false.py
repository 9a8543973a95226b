"""A debug override that says 0 or False is read as false.

Breaks: debug-judged-by-truth, debug-truth-must-be-bool
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    if isinstance(debug_override, str) and str.strip(debug_override) in ('0', 'False', ''):
        return 1
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
