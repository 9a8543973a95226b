"""A debug override of True or False takes a shorter way, where nothing fails, and does not warn.

Breaks: debug-override-warns
"""
from correct import steps


def cache_from_source(path, debug_override=None, *, optimization=None):
    if isinstance(debug_override, bool) and optimization is None and isinstance(path, str):
        try:
            return steps(path, None, '' if debug_override else 1)
        except Exception:
            pass
    return steps(path, debug_override, optimization)
