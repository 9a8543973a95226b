"""A mark that encloses the character before it, as on a key, is accepted.

Breaks: opt-combining-marks-raise
"""
import re

import correct
from correct import built


def alphanumeric(text):
    return re.sub(r'(?<=[^\W_])[\u20dd-\u20e4]', '', text).isalnum()


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
