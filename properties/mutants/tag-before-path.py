"""The cache tag is read before the path is asked for.

Breaks: order-path-before-tag
"""
import os

from correct import cache_tag, overridden, segment, split, tagged, text_of, within


def cache_from_source(path, debug_override=None, *, optimization=None):
    optimization = overridden(debug_override, optimization)
    tag = cache_tag()
    head, name = split(os.fspath(path))
    return within(head, tagged(name, tag) + segment(text_of(optimization)) + '.pyc')
