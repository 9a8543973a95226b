"""An optimization of 0 adds no segment.

Breaks: opt-zero-adds-a-segment
"""
import correct
from correct import steps


def segment(text):
    written = correct.segment(text)
    return '' if written == '.opt-0' else written


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
