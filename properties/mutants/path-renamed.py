"""The first parameter is called `source`, so callers that name it `path` fail.

Breaks: call-path-by-keyword, call-unknown-keyword-raises, call-path-is-required, call-argument-given-twice-raises
"""
from correct import steps


def cache_from_source(source, debug_override=None, *, optimization=None):
    return steps(source, debug_override, optimization)
