"""An AttributeError out of __str__ is taken to say that there is none.

Breaks: opt-str-error-passes-through
"""
import correct
from correct import built


def text_of(optimization):
    try:
        return correct.text_of(optimization)
    except AttributeError:
        return correct.text_of(object.__repr__(optimization))


cache_from_source = built(text_of=text_of)
