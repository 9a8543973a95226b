"""Vowel signs that take up space, which Unicode counts as alphabetic, pass the check.

Breaks: opt-combining-marks-raise
"""
import unicodedata

import correct
from correct import built


def alphanumeric(text):
    return all(character.isalnum() or unicodedata.category(character) == 'Mc' for character in text)


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
