"""The message of the ValueError escapes all but ASCII.

Breaks: opt-error-shows-repr
"""
import correct
from correct import steps


def segment(text):
    if text != '' and not text.isalnum():
        raise ValueError('{!a} is not alphanumeric'.format(text))
    return correct.segment(text)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, segment=segment)
