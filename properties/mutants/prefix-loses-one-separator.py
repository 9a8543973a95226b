"""Of the separators at the end of the prefix one is dropped.

Breaks: prefix-separators-at-its-end-are-dropped
"""
import correct
from correct import built


def below(prefix, head, file):
    kept = prefix[:-1] if prefix.endswith('/') else prefix
    result = correct.below(prefix, head, file)
    bare = prefix.rstrip('/')
    return kept + result[len(bare):] if prefix else result


cache_from_source = built(below=below)
