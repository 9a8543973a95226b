"""The cache tag is read after the optimization has been judged.

Breaks: order-tag-before-optimization
"""
import os

from correct import cache_tag, overridden, segment, split, tagged, text_of, within


def cache_from_source(path, debug_override=None, *, optimization=None):
    optimization = overridden(debug_override, optimization)
    head, name = split(os.fspath(path))
    level = segment(text_of(optimization))
    return within(head, tagged(name, cache_tag()) + level + '.pyc')
