"""The check is str.isdigit, which refuses letters.

Breaks: opt-text-becomes-segment
"""
import correct
from correct import built

alphanumeric = str.isdigit


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
