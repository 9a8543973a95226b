"""Optimized bytecode gets the suffix .pyo, as it did before Python 3.5.

Breaks: path-ends-in-pyc, opt-text-becomes-segment
"""
import os

from correct import cache_tag, overridden, segment, split, tagged, text_of, within


def cache_from_source(path, debug_override=None, *, optimization=None):
    optimization = overridden(debug_override, optimization)
    head, name = split(os.fspath(path))
    file = tagged(name, cache_tag())
    level = segment(text_of(optimization))
    return within(head, file + level + ('.pyo' if level else '.pyc'))
