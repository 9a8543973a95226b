"""The cache tag is read after the optimization has been judged.

Breaks: order-tag-before-optimization
"""
import os

from correct import cache_tag, ending, overridden, placed, split, tagged


def cache_from_source(path, debug_override=None, *, optimization=None):
    chosen = overridden(debug_override, optimization)
    head, name = split(os.fspath(path))
    end = ending(chosen)
    return placed(head, tagged(name, cache_tag()) + end)
