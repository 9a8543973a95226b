"""A dot always precedes the cache tag, even after a name that has none.

Breaks: path-name-without-dot-is-glued-to-tag
"""
from correct import built


def tagged(name, tag):
    base, _, rest = name.rpartition('.')
    return (base if base else rest) + '.' + tag


cache_from_source = built(tagged=tagged)
