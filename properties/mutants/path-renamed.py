"""The first parameter is called `source`, so callers that name it `path` fail.

Breaks: call-path-by-keyword, order-call-before-warning
"""
from correct import steps


def cache_from_source(source, debug_override=None, *, optimization=None):
    return steps(source, debug_override, optimization)
