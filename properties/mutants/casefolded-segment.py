"""The segment is folded to lower case.

Breaks: opt-text-is-kept
"""
import correct
from correct import built


def segment(text):
    return correct.segment(text).casefold()


cache_from_source = built(segment=segment)
