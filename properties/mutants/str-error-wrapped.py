"""What fails in __str__ of the optimization comes out as a ValueError.

Breaks: opt-str-error-passes-through, opt-str-must-give-str
"""
import correct
from correct import steps


def text_of(optimization):
    try:
        return correct.text_of(optimization)
    except Exception as error:
        raise ValueError('optimization has no text: {}'.format(error))


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
