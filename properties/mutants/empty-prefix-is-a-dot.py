"""An empty prefix is written as the directory that it stands for.

Breaks: prefix-empty-is-relative
"""
import correct
from correct import built


def below(prefix, head, file):
    return correct.below(prefix or '.', head, file)


cache_from_source = built(below=below)
