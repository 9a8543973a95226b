"""The text is composed before it is checked, so a letter with its mark apart is accepted.

Breaks: opt-combining-marks-raise, opt-text-is-kept
"""
import unicodedata

import correct
from correct import steps


def text_of(optimization):
    return unicodedata.normalize('NFC', correct.text_of(optimization))


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
