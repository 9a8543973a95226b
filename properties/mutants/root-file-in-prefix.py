"""A file in the root directory lies in the prefix itself.

Breaks: prefix-root-file-counts-as-relative
"""
from correct import built, cache_tag, ending, fspath, join, overridden, placed, pycache_prefix, split, tagged


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    path = fspath(path)
    head, name = split(path)
    file = tagged(name, cache_tag()) + ending(chosen)
    result = placed(head, file)  # raises where it should
    prefix = pycache_prefix()
    in_root = head == '' and len(name) < len(path)
    return join(prefix, file) if in_root and prefix is not None else result


cache_from_source = built(steps=steps)
