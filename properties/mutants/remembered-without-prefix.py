"""Results are remembered by all that decides them but the prefix.

Breaks: prefix-is-read-at-each-call
"""
from correct import built, cache_tag, ending, fspath, overridden, placed, split, tagged

results = {}


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    head, name = split(fspath(path))
    file = tagged(name, cache_tag()) + ending(chosen)
    if (head, file) not in results:
        results[head, file] = placed(head, file)
    return results[head, file]


cache_from_source = built(steps=steps)
