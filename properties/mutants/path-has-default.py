"""The path has a default, so a call without one is accepted.

Breaks: call-path-is-required, call-optimization-is-keyword-only
"""
from correct import steps


def cache_from_source(path='', debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization)
