"""An optimization of -1 stands for the interpreter's own level, as it does for compile().

Breaks: opt-negative-raises, opt-given-ignores-interpreter-level
"""
import correct
from correct import steps


def text_of(optimization):
    return correct.text_of(None if type(optimization) is int and optimization == -1 else optimization)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
