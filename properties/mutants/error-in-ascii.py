"""The message of the ValueError escapes all but ASCII.

Breaks: opt-error-shows-repr
"""
import correct
from correct import built


def segment(text):
    if text != '' and not text.isalnum():
        raise ValueError('{!a} is not alphanumeric'.format(text))
    return correct.segment(text)


cache_from_source = built(segment=segment)
