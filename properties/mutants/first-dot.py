"""The name ends at its first dot, as it did before Python 3.4.3.

Breaks: path-last-dot-ends-the-name, path-extension-is-not-read, like-str-subclass-is-accepted
"""
from correct import built


def tagged(name, tag):
    base, dot, rest = name.partition('.')
    return ''.join([base if base else rest, dot, tag])


cache_from_source = built(tagged=tagged)
