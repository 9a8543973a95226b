"""The check knows letters and decimal digits, and no other numbers.

Breaks: opt-alphanumeric-is-unicode
"""
import correct
from correct import built


def alphanumeric(text):
    return all(character.isalpha() or character.isdecimal() for character in text)


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
