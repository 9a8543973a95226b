"""The name ends at its first dot, as it did before Python 3.4.3.

Breaks: path-last-dot-ends-the-name
"""
from correct import steps


def tagged(name, tag):
    base, dot, rest = name.partition('.')
    return ''.join([base if base else rest, dot, tag])


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, tagged=tagged)
