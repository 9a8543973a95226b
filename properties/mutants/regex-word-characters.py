"""The check is a regular expression of word characters, which lets the underscore through.

Breaks: opt-other-than-alphanumeric-raises, prefix-is-read-last
"""
import re

import correct
from correct import built


def alphanumeric(text):
    return re.fullmatch(r'\w+', text)


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
