"""A false optimization, such as '' or 0, counts as none given, so the interpreter's level takes its place.

Breaks: opt-given-ignores-interpreter-level, opt-zero-adds-a-segment, opt-empty-adds-no-segment
"""
import correct
from correct import steps


def text_of(optimization):
    return correct.text_of(optimization if optimization else None)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
