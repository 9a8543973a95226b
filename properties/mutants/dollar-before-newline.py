"""The regular expression of the check ends in $, which matches before a trailing newline too.

Breaks: opt-other-than-alphanumeric-raises, opt-every-character-counts
"""
import re

import correct
from correct import steps


def alphanumeric(text):
    return re.match(r'[^\W_]+$', text)


def segment(text):
    return correct.segment(text, alphanumeric)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
