"""Only the first character of the text is checked.

Breaks: opt-every-character-counts, opt-combining-marks-raise
"""
import correct
from correct import steps


def alphanumeric(text):
    return text[0].isalnum()


def segment(text):
    return correct.segment(text, alphanumeric)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
