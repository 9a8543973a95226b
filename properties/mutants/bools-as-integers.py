"""True and False are taken for 1 and 0.

Breaks: opt-bool-by-name
"""
import correct
from correct import steps


def text_of(optimization):
    return correct.text_of(int(optimization) if isinstance(optimization, bool) else optimization)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
