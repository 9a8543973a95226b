"""The items of a list or a tuple are joined.

Breaks: opt-punctuated-texts-raise, opt-error-shows-repr
"""
import correct
from correct import built


def text_of(optimization):
    if isinstance(optimization, (list, tuple)):
        optimization = ''.join(map(str, optimization))
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
