"""The text must fit into an identifier: underscores and combining marks do, fractions do not.

Breaks: opt-other-than-alphanumeric-raises, prefix-is-read-last, opt-alphanumeric-is-unicode
"""
import correct
from correct import built


def alphanumeric(text):
    return ('x' + text).isidentifier()


def segment(text):
    return correct.segment(text, alphanumeric)


cache_from_source = built(segment=segment)
