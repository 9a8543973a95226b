"""A name whose only dot leads it is all extension, and nothing is left of it.

Breaks: path-leading-dot-is-dropped
"""
import correct
from correct import built


def tagged(name, tag):
    return '.' + tag if name.rfind('.') == 0 else correct.tagged(name, tag)


cache_from_source = built(tagged=tagged)
