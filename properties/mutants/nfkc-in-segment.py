"""The segment is written in normal form KC: ligatures and wide digits become plain ones.

Breaks: opt-text-is-kept
"""
import unicodedata

import correct
from correct import built


def segment(text):
    return unicodedata.normalize('NFKC', correct.segment(text))


cache_from_source = built(segment=segment)
