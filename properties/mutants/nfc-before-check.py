"""The text is composed before it is checked, so a letter with its mark apart is accepted.

Breaks: opt-combining-marks-raise, opt-text-is-kept
"""
import unicodedata

import correct
from correct import built


def text_of(optimization):
    return unicodedata.normalize('NFC', correct.text_of(optimization))


cache_from_source = built(text_of=text_of)
