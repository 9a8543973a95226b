"""The text is composed before it is checked, so a letter with its mark apart is accepted.

Breaks: opt-text-is-kept, opt-combining-marks-raise, opt-error-shows-repr
"""
import unicodedata

import correct
from correct import built


def text_of(optimization):
    return unicodedata.normalize('NFC', correct.text_of(optimization))


cache_from_source = built(text_of=text_of)
