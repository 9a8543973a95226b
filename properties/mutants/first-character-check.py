"""Only the first character of the text is checked.

Breaks: opt-every-character-counts
"""
import correct
from correct import built


def alphanumeric(text):
    return text[0].isalnum()


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
