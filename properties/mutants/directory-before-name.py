"""The directory below the prefix is made before the name of the file is.

Breaks: prefix-is-read-last
"""
from correct import built, cache_tag, ending, fspath, overridden, placed, split, tagged


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    head, name = split(fspath(path))
    placed(head, '')
    return placed(head, tagged(name, cache_tag()) + ending(chosen))


cache_from_source = built(steps=steps)
