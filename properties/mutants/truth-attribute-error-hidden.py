"""An AttributeError out of __bool__ is taken to say that there is none.

Breaks: debug-truth-error-passes-through
"""
from correct import built, refuse_both, warn


def truth(value):
    try:
        return bool(value)
    except AttributeError:
        return True


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if truth(debug_override) else 1


cache_from_source = built(overridden=overridden)
