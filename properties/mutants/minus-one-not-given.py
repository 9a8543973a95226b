"""An optimization of -1 stands for the interpreter's own level, as it does for compile().

Breaks: opt-negative-raises
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(None if type(optimization) is int and optimization == -1 else optimization)


cache_from_source = built(text_of=text_of)
