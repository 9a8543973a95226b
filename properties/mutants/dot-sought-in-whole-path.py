"""The last dot is sought in the whole path, so one in a directory ends a name that has none.

Breaks: path-dots-in-directories-do-not-count, path-leading-dot-is-dropped
"""
import os

from correct import cache_tag, overridden, segment, split, text_of, within


def cache_from_source(path, debug_override=None, *, optimization=None):
    optimization = overridden(debug_override, optimization)
    path = os.fspath(path)
    split(path)  # bytes fail
    base, dot, rest = path.rpartition('.')
    head, name = split(base if base else rest)
    file = ''.join([name, dot, cache_tag()])
    return within(head, file + segment(text_of(optimization)) + '.pyc')
