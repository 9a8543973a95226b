"""An optimization warns too.

Breaks: debug-none-is-silent
"""
from correct import steps, warn


def cache_from_source(path, debug_override=None, *, optimization=None):
    if debug_override is None and optimization is not None:
        warn()
    return steps(path, debug_override, optimization)
