"""A dot that is as wide as a letter of Chinese is a dot.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import built


def tagged(name, tag):
    return correct.tagged(name.replace('\uff0e', '.'), tag)


cache_from_source = built(tagged=tagged)
