"""Only the letters and digits of ASCII count as alphanumeric.

Breaks: opt-alphanumeric-is-unicode
"""
import re

import correct
from correct import steps


def alphanumeric(text):
    return re.fullmatch('[0-9A-Za-z]+', text)


def segment(text):
    return correct.segment(text, alphanumeric)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
