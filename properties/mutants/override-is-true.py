"""The debug override is compared with True, so true values such as 1 count as False.

Breaks: debug-judged-by-truth, debug-truth-must-be-bool, order-truth-before-path, debug-truth-error-passes-through
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override is True else 1


cache_from_source = built(overridden=overridden)
