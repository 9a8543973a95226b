"""The level is looked up in a table, where True and 1.0 are 1.

Breaks: opt-bool-by-name, opt-float-by-its-repr
"""
import correct
from correct import built

TEXTS = {0: '0', 1: '1', 2: '2'}


def text_of(optimization):
    if isinstance(optimization, (int, float)) and type(optimization).__name__ != 'Object':
        optimization = TEXTS.get(optimization, optimization)
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
