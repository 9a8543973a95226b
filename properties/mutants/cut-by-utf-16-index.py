"""Where the last dot stands is counted in UTF-16 units, and the name is cut by characters.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import built, units


def tagged(name, tag):
    base, dot, rest = name.rpartition('.')
    end = units(base)
    return name[:end] + dot + tag if base else correct.tagged(name, tag)


cache_from_source = built(tagged=tagged)
