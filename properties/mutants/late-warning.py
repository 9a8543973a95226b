"""The warning comes when the work is done, so not at all when it fails.

Breaks: order-warning-before-error
"""
from correct import refuse_both, steps, warn


def cache_from_source(path, debug_override=None, *, optimization=None):
    if debug_override is None:
        return steps(path, None, optimization)
    refuse_both(optimization)
    result = steps(path, None, '' if debug_override else 1)
    warn()
    return result
