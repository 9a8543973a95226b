"""The debug override is still taken by Python 3.15, by keyword alone.

Python: 3.15.0
Breaks: call-debug-override-is-gone
"""
from correct import steps


def cache_from_source(path, *, debug_override=None, optimization=None):
    return steps(path, debug_override, optimization)
