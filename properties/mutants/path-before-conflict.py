"""The path is asked for before the conflict of both options is seen.

Breaks: order-both-given-before-truth
"""
import os

from correct import refuse_both, split, steps, warn


def cache_from_source(path, debug_override=None, *, optimization=None):
    if debug_override is not None and optimization is not None:
        warn()
        path = os.fspath(path)
        split(path)  # bytes fail
        refuse_both(optimization)
    return steps(path, debug_override, optimization)
