"""A segment may be any.

Breaks: back-segment-begins-with-opt
"""
from correct import built, check_level


def check_segment(segment):
    if segment.startswith('opt-'):
        check_level(segment)


source_from_cache = built('source_from_cache', check_segment=check_segment)
