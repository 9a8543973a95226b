"""For the empty path a dot precedes the tag, where there is no prefix.

Breaks: path-empty-gives-the-tag-alone
"""
from correct import built, cache_tag, ending, fspath, overridden, placed, pycache_prefix, split, tagged


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    path = fspath(path)
    head, name = split(path)
    dot = '.' if len(path) == 0 and pycache_prefix() is None else ''
    return placed(head, dot + tagged(name, cache_tag()) + ending(chosen))


cache_from_source = built(steps=steps)
