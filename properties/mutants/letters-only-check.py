"""The check is str.isalpha, which refuses digits.

Breaks: opt-text-becomes-segment, opt-integer-by-its-digits, opt-none-reads-interpreter-level
"""
import correct
from correct import built

alphanumeric = str.isalpha


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
