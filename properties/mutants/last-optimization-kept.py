"""The last optimization that was given takes the place of one that is not.

Breaks: call-same-result-each-time, opt-interpreter-level-zero-adds-no-segment
"""
import correct
from correct import built

last = [None]


def overridden(debug_override, optimization):
    chosen = correct.overridden(debug_override, optimization)
    if chosen is not None:
        last[0] = chosen
    return last[0]


cache_from_source = built(overridden=overridden)
