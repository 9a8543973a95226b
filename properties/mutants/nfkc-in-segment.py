"""The segment is written in normal form KC: ligatures and wide digits become plain ones.

Breaks: opt-text-is-kept, opt-alphanumeric-is-unicode
"""
import unicodedata

import correct
from correct import steps


def segment(text):
    return unicodedata.normalize('NFKC', correct.segment(text))


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
