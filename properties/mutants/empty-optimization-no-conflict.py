"""A false optimization does not conflict with a debug override.

Breaks: debug-empty-optimization-counts-as-given
"""
from correct import refuse_both, steps, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    if optimization:
        refuse_both(optimization)
    return '' if debug_override else 1


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, overridden=overridden)
