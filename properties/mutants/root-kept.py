"""The file of a source in the root directory lies in a cache folder there.

Breaks: path-root-is-lost
"""
from correct import built, cache_tag, ending, fspath, overridden, placed, pycache_prefix, split, tagged


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    path = fspath(path)
    head, name = split(path)
    result = placed(head, tagged(name, cache_tag()) + ending(chosen))
    in_root = head == '' and len(name) < len(path)
    return '/' + result if in_root and pycache_prefix() is None else result


cache_from_source = built(steps=steps)
