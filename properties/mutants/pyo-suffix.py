"""Optimized bytecode gets the suffix .pyo, as it did before Python 3.5.

Breaks: path-ends-in-pyc
"""
from correct import built, segment, text_of


def ending(optimization):
    level = segment(text_of(optimization))
    return level + ('.pyo' if level else '.pyc')


cache_from_source = built(ending=ending)
