"""The check is str.isalpha, which refuses digits.

Breaks: opt-text-becomes-segment, opt-integer-by-its-digits, opt-none-reads-interpreter-level
"""
import correct
from correct import steps

alphanumeric = str.isalpha


def segment(text):
    return correct.segment(text, alphanumeric)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
