"""The optimization is compared with None by ==.

Breaks: opt-compared-with-none-by-identity, opt-str-must-give-str, opt-str-error-passes-through
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(None if optimization == None else optimization)


cache_from_source = built(text_of=text_of)
