"""Which prefix a path had is remembered.

Breaks: prefix-is-read-at-each-call
Alone: prefix-is-read-at-each-call
"""
from correct import built, cache_tag, ending, fspath, overridden, pycache_prefix, split, tagged, below, within

prefixes = {}


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    head, name = split(fspath(path))
    file = tagged(name, cache_tag()) + ending(chosen)
    prefix = pycache_prefix()
    return within(head, file) if prefix is None else below(prefixes.setdefault((head, file), prefix), head, file)


cache_from_source = built(steps=steps)
