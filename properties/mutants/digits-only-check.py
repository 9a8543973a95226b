"""The check is str.isdigit, which refuses letters.

Breaks: opt-text-becomes-segment, opt-bool-by-name, opt-alphanumeric-is-unicode
"""
import correct
from correct import steps

alphanumeric = str.isdigit


def segment(text):
    return correct.segment(text, alphanumeric)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
