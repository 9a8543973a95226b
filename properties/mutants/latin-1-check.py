"""The check knows the letters and digits of Latin-1 alone.

Breaks: opt-alphanumeric-is-unicode
"""
import correct
from correct import built


def alphanumeric(text):
    return text.isalnum() and max(text) <= '\xff'


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
