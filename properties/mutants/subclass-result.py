"""The result has the type of the path, an instance of a subclass of str where the path is one.

Breaks: call-returns-str
"""
from correct import steps


def cache_from_source(path, debug_override=None, *, optimization=None):
    result = steps(path, debug_override, optimization)
    return type(path)(result) if isinstance(path, str) else result
