"""The optimization is taken before Python 3.5 already.

Python: 3.4.3
Breaks: call-optimization-is-unknown
"""
from correct import steps


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override)
