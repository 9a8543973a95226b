"""A template makes the text, so what __str__ returns is a plain str at once and not asked again.

Breaks: opt-returned-subclass-is-asked-again
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(optimization if optimization is None else '{}'.format(optimization))


cache_from_source = built(text_of=text_of)
