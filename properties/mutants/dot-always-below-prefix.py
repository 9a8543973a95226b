"""Below a prefix a dot always precedes the cache tag, even after a name that has none.

Breaks: prefix-file-name-is-the-same, tag-may-be-empty
"""
import correct
from correct import built, cache_tag


def below(prefix, head, file):
    name, tag, rest = file.rpartition(cache_tag())
    return correct.below(prefix, head, name + ('' if name.endswith('.') else '.') + tag + rest)


cache_from_source = built(below=below)
