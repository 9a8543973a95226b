"""A relative prefix is made absolute.

Breaks: prefix-relative-stays-relative, prefix-empty-is-relative
"""
import correct
from correct import built, getcwd, is_absolute, join


def below(prefix, head, file):
    return correct.below(prefix if is_absolute(prefix) else join(getcwd(), prefix), head, file)


cache_from_source = built(below=below)
