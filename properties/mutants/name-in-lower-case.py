"""The name is written in lower case.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import built


def tagged(name, tag):
    return correct.tagged(name.lower(), tag)


cache_from_source = built(tagged=tagged)
