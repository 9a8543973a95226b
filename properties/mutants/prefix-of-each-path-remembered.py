"""Which prefix a path had is remembered, where it is absolute.

Breaks: prefix-is-read-at-each-call
"""
from correct import below, built, cache_tag, ending, fspath, overridden, pycache_prefix, split, tagged, within

prefixes = {}


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    head, name = split(fspath(path))
    file = tagged(name, cache_tag()) + ending(chosen)
    prefix = pycache_prefix()
    if prefix is None:
        return within(head, file)
    if prefix.startswith('/'):
        prefix = prefixes.setdefault((head, file), prefix)
    return below(prefix, head, file)


cache_from_source = built(steps=steps)
