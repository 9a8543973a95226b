"""A false optimization, such as '' or 0, counts as none given, so the interpreter's level takes its place.

Breaks: opt-given-ignores-interpreter-level, opt-zero-adds-a-segment, opt-empty-adds-no-segment
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(optimization if optimization else None)


cache_from_source = built(text_of=text_of)
