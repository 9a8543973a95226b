"""Text of decimal digits is read as a number, which loses leading zeros and the digits of other scripts.

Breaks: opt-text-is-kept
"""
import correct
from correct import built


def segment(text):
    written = correct.segment(text)
    digits = written[len('.opt-'):]
    return '.opt-%d' % int(digits) if digits.isdecimal() else written


cache_from_source = built(segment=segment)
