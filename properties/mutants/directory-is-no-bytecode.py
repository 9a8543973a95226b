"""The file of a path that ends in a separator ends in .py, as there was nothing to compile.

Look: path-ends-in-pyc
"""
from correct import built, cache_tag, ending, fspath, overridden, placed, split, tagged


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    head, name = split(fspath(path))
    file = tagged(name, cache_tag()) + ending(chosen)
    return placed(head, file[:-1] if head and len(name) == 0 else file)


cache_from_source = built(steps=steps)
