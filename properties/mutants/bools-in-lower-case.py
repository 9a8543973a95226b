"""True and False are written true and false.

Breaks: opt-bool-by-name
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(str(optimization).lower() if isinstance(optimization, bool) else optimization)


cache_from_source = built(text_of=text_of)
