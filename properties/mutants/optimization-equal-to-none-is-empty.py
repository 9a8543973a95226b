"""An optimization that equals None counts as the empty one.

Breaks: opt-compared-with-none-by-identity, opt-str-must-give-str, opt-str-error-passes-through
"""
import correct
from correct import built


def text_of(optimization):
    equal = optimization is not None and optimization == None
    return correct.text_of('' if equal else optimization)


cache_from_source = built(text_of=text_of)
