"""Below a prefix the separators before the name all stay.

Breaks: prefix-separators-before-name-collapse
"""
import correct
from correct import built


def below(prefix, head, file):
    repeated = head[len(head.rstrip('/')):] if head.strip('/') else ''
    return correct.below(prefix, head, repeated + file)


cache_from_source = built(below=below)
