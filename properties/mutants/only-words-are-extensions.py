"""What follows the last dot is an extension only if it is a word.

Breaks: path-extension-is-not-read, path-dots-are-a-name
"""
import correct
from correct import built


def tagged(name, tag):
    _, dot, rest = name.rpartition('.')
    return correct.tagged(name + '.' if dot and not rest.isidentifier() else name, tag)


cache_from_source = built(tagged=tagged)
