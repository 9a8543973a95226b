"""True and False of the debug override are mistaken for each other.

Breaks: debug-true-is-empty-optimization, debug-false-is-level-one, debug-judged-by-truth
"""
from correct import refuse_both, steps, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return 1 if debug_override else ''


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, overridden=overridden)
