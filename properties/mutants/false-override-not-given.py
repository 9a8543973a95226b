"""A false debug override counts as none given.

Breaks: debug-false-is-level-one, debug-judged-by-truth, debug-both-given-raises, order-warning-before-error
"""
import correct
from correct import built


def overridden(debug_override, optimization):
    return correct.overridden(debug_override, optimization) if debug_override else optimization


cache_from_source = built(overridden=overridden)
