"""The optimization is compared with None by ==.

Breaks: opt-compared-with-none-by-identity, opt-str-method-decides
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(None if optimization == None else optimization)


cache_from_source = built(text_of=text_of)
