"""True and False are taken for 1 and 0.

Breaks: opt-bool-by-name
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(int(optimization) if isinstance(optimization, bool) else optimization)


cache_from_source = built(text_of=text_of)
