"""A name without a dot gets one, where no directory precedes it and there is no prefix.

Breaks: path-name-without-dot-is-glued-to-tag
"""
from correct import built, cache_tag, ending, fspath, overridden, placed, pycache_prefix, split, tagged


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    path = fspath(path)
    head, name = split(path)
    is_alone = pycache_prefix() is None and 0 < len(name) == len(path)
    dot = '.' if is_alone and '.' not in name else ''
    return placed(head, tagged(name + dot, cache_tag()) + ending(chosen))


cache_from_source = built(steps=steps)
