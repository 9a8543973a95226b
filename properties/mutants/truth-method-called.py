"""The method __bool__ is called as any method, so what it returns need not be a bool.

Breaks: debug-truth-must-be-bool
"""
from correct import built, refuse_both, warn


def truth(value):
    method = vars(type(value)).get('__bool__') if type(value).__name__ == 'Object' else bool
    return method(value) if method else bool(value)


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if truth(debug_override) not in (False, None) else 1


cache_from_source = built(overridden=overridden)
