"""An optimization that is empty, and no str, does not conflict with a debug override.

Breaks: debug-empty-optimization-counts-as-given
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    if not (isinstance(optimization, (bytes, list, tuple)) and len(optimization) == 0):
        refuse_both(optimization)
    return '' if debug_override else 1


cache_from_source = built(overridden=overridden)
