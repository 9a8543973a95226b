"""The check is str.isalpha, which refuses digits.

Breaks: opt-text-becomes-segment, prefix-working-directory-error-passes-through
"""
import correct
from correct import built

alphanumeric = str.isalpha


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
