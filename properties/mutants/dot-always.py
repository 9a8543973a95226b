"""A dot always precedes the cache tag, even after a name that has none.

Breaks: path-name-without-dot-is-glued-to-tag, path-empty-gives-the-tag-alone, path-trailing-slash-leaves-an-empty-name
"""
from correct import steps


def tagged(name, tag):
    base, _, rest = name.rpartition('.')
    return (base if base else rest) + '.' + tag


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, tagged=tagged)
