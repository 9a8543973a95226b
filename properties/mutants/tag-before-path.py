"""The cache tag is read before the path is asked for.

Breaks: order-path-before-tag
"""
import os

from correct import cache_tag, ending, overridden, placed, split, tagged


def cache_from_source(path, debug_override=None, *, optimization=None):
    chosen = overridden(debug_override, optimization)
    tag = cache_tag()
    head, name = split(os.fspath(path))
    return placed(head, tagged(name, tag) + ending(chosen))
