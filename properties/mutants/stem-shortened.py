"""The name is cut to 250 characters before the tag is put behind it.

Breaks: path-of-any-length
"""
import correct
from correct import built


def tagged(name, tag):
    base, dot, rest = name.rpartition('.')
    return correct.tagged(base[:250] + dot + rest, tag)


cache_from_source = built(tagged=tagged)
