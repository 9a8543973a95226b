"""The debug override can be given by keyword only, like the optimization.

Breaks: call-debug-override-by-position
"""
from correct import steps


def cache_from_source(path, *, debug_override=None, optimization=None):
    return steps(path, debug_override, optimization)
