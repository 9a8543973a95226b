"""Below a prefix the separators before the name all stay.

Breaks: prefix-separators-before-name-collapse
"""
import correct
from correct import built


def below(prefix, head, file):
    return correct.below(prefix, head, head[len(head.rstrip('/')):] + file)


cache_from_source = built(below=below)
