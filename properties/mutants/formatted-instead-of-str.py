"""A template makes the text, so what __str__ returns is a plain str at once and not asked again.

Breaks: opt-returned-subclass-is-asked-again
"""
import correct
from correct import steps


def text_of(optimization):
    return correct.text_of(optimization if optimization is None else '{}'.format(optimization))


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=text_of)
