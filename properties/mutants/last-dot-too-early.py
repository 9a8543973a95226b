"""The name ends at its last dot before Python 3.4.3 already.

Python: 3.4.0
Breaks: path-first-dot-ends-the-name
"""
from correct import built


def tagged(name, tag):
    base, dot, rest = name.rpartition('.')
    return ''.join([base if base else rest, dot, tag])


cache_from_source = built(tagged=tagged)
