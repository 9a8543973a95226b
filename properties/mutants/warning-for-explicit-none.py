"""A debug override of None warns when it is passed, as None is not its default.

Breaks: call-none-is-not-given
"""
from correct import steps, warn

NOT_GIVEN = object()


def cache_from_source(path, debug_override=NOT_GIVEN, *, optimization=None):
    if debug_override is NOT_GIVEN:
        debug_override = None
    elif debug_override is None:
        warn()
    return steps(path, debug_override, optimization)
