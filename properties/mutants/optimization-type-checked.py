"""An optimization that is neither a str nor an int raises TypeError.

Breaks: opt-float-by-its-repr, opt-str-method-decides
"""
import correct
from correct import built


def text_of(optimization):
    if not (optimization is None or isinstance(optimization, (str, int))):
        raise TypeError('optimization must be str or int, not ' + type(optimization).__name__)
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
