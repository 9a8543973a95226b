"""A debug override conflicts with an optimization that is passed, be it None.

Breaks: call-none-is-not-given
"""
from correct import steps

NOT_GIVEN = object()


def cache_from_source(path, debug_override=None, *, optimization=NOT_GIVEN):
    if optimization is NOT_GIVEN:
        optimization = None
    elif optimization is None and debug_override is not None:
        raise TypeError('debug_override or optimization must be set to None')
    return steps(path, debug_override, optimization)
