"""The regular expression of the check ends in $, which matches before a trailing newline too.

Breaks: opt-every-character-counts
"""
import re

import correct
from correct import built


def alphanumeric(text):
    return re.match(r'[^\W_]+$', text)


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
