"""The segment is folded to lower case.

Breaks: opt-text-is-kept, opt-bool-by-name
"""
import correct
from correct import steps


def segment(text):
    return correct.segment(text).casefold()


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
