"""The check looks at UTF-16 units, and so refuses letters above U+FFFF.

Breaks: opt-alphanumeric-is-unicode, opt-alphanumeric-by-release
"""
import correct
from correct import built


def alphanumeric(text):
    return text.isalnum() and max(text) <= '\uffff'


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
