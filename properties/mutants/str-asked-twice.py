"""The optimization is converted twice: to see whether it is empty, and to judge and write it.

Breaks: opt-str-asked-once
"""
import os

from correct import cache_tag, overridden, segment, split, tagged, text_of, within


def cache_from_source(path, debug_override=None, *, optimization=None):
    optimization = overridden(debug_override, optimization)
    head, name = split(os.fspath(path))
    file = tagged(name, cache_tag())
    if text_of(optimization) != '':
        file += segment(text_of(optimization))
    return within(head, file + '.pyc')
