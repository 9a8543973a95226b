"""After a separator at the end of the path a dot precedes the tag.

Breaks: path-trailing-slash-leaves-an-empty-name
"""
from correct import built, cache_tag, ending, fspath, overridden, placed, split, tagged


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    head, name = split(fspath(path))
    dot = '.' if head.strip('/') and len(name) == 0 else ''
    return placed(head, dot + tagged(name, cache_tag()) + ending(chosen))


cache_from_source = built(steps=steps)
