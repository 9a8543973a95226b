"""A name whose only dot leads it keeps that dot.

Breaks: path-leading-dot-is-dropped
"""
import correct
from correct import steps


def tagged(name, tag):
    hidden = name.startswith('.') and name.count('.') == 1 and name != '.'
    return ('.' if hidden else '') + correct.tagged(name, tag)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, tagged=tagged)
