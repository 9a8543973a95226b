"""True and False of the debug override are mistaken for each other.

Breaks: debug-true-is-empty-optimization
"""
from correct import built, refuse_both, warn


def overridden(debug_override, optimization):
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return 1 if debug_override else ''


cache_from_source = built(overridden=overridden)
