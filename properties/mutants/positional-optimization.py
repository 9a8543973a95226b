"""The optimization can be given by position, since the signature lacks its star.

Breaks: call-optimization-is-keyword-only
"""
from correct import steps


def cache_from_source(path, debug_override=None, optimization=None):
    return steps(path, debug_override, optimization)
