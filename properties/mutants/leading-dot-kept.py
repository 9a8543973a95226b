"""A name whose only dot leads it keeps that dot.

Breaks: path-leading-dot-is-dropped
"""
import correct
from correct import built


def tagged(name, tag):
    hidden = name.startswith('.') and name.count('.') == 1 and name != '.'
    return ('.' if hidden else '') + correct.tagged(name, tag)


cache_from_source = built(tagged=tagged)
