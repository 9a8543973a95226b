"""Only the letters and digits of ASCII count as alphanumeric.

Breaks: opt-alphanumeric-is-unicode
"""
import re

import correct
from correct import built


def alphanumeric(text):
    return re.fullmatch('[0-9A-Za-z]+', text)


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
