"""An integer is formatted as one, though its class has a __str__ of its own.

Breaks: opt-str-method-decides, opt-str-must-give-str
"""
import correct
from correct import built


def text_of(optimization):
    if isinstance(optimization, int) and not isinstance(optimization, bool):
        optimization = int(optimization)
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
