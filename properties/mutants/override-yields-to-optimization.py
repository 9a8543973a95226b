"""An optimization wins over a debug override, where both should conflict.

Breaks: debug-both-given-raises, debug-empty-optimization-counts-as-given
"""
from correct import steps, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    if optimization is not None:
        return optimization
    return '' if debug_override else 1


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, overridden=overridden)
