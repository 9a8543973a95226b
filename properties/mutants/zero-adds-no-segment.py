"""An optimization of 0 adds no segment.

Breaks: opt-zero-adds-a-segment
"""
import correct
from correct import built


def segment(text):
    written = correct.segment(text)
    return '' if written == '.opt-0' else written


cache_from_source = built(segment=segment)
