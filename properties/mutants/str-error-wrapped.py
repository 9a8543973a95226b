"""What fails in __str__ of the optimization comes out as a ValueError.

Breaks: opt-str-must-give-str
"""
import correct
from correct import built


def text_of(optimization):
    try:
        return correct.text_of(optimization)
    except Exception as error:
        raise ValueError('optimization has no text: {}'.format(error))


cache_from_source = built(text_of=text_of)
