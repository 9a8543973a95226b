"""A level of the interpreter above all that are known wins over the optimization.

Breaks: opt-given-ignores-interpreter-level
"""
import sys

from correct import built, overridden


def chosen(debug_override, optimization):
    if debug_override is None and sys.flags.optimize > 3:
        return None
    return overridden(debug_override, optimization)


cache_from_source = built(overridden=chosen)
