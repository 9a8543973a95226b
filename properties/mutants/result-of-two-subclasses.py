"""The result is an instance of a subclass of str where the path and the optimization are.

Breaks: call-returns-str
"""
from correct import steps


def cache_from_source(path, debug_override=None, *, optimization=None):
    result = steps(path, debug_override, optimization)
    own = type(path if isinstance(path, str) else '')
    return own(result) if isinstance(optimization, str) and type(optimization) is not str else result
