"""The path is asked for before the truth of the debug override.

Breaks: order-truth-before-path
"""
import os

from correct import refuse_both, split, steps, warn


def cache_from_source(path, debug_override=None, *, optimization=None):
    if debug_override is not None:
        warn()
        refuse_both(optimization)
        path = os.fspath(path)
        split(path)  # bytes fail
        optimization = '' if debug_override else 1
    return steps(path, None, optimization)
