"""The last dot is sought in the whole path, so one in a directory ends a name that has none.

Breaks: path-dots-in-directories-do-not-count, path-leading-dot-is-dropped, prefix-working-directory-error-passes-through, prefix-short-directory-raises, prefix-directory-is-not-normalized
"""
import os

from correct import cache_tag, ending, overridden, placed, split


def cache_from_source(path, debug_override=None, *, optimization=None):
    chosen = overridden(debug_override, optimization)
    path = os.fspath(path)
    split(path)  # bytes fail
    base, dot, rest = path.rpartition('.')
    head, name = split(base if base else rest)
    file = ''.join([name, dot, cache_tag()])
    return placed(head, file + ending(chosen))
