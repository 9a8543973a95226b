"""The check knows the characters of Unicode 3.2 alone.

Breaks: opt-alphanumeric-is-unicode, opt-alphanumeric-by-release
"""
from unicodedata import ucd_3_2_0

import correct
from correct import built


def alphanumeric(text):
    return text.isalnum() and all(ucd_3_2_0.category(character) != 'Cn' for character in text)


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
