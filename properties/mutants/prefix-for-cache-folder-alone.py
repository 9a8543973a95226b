"""The prefix takes the place of the name __pycache__, in the directory of the source.

Breaks: prefix-replaces-the-cache-folder, prefix-short-directory-raises, prefix-working-directory-error-passes-through
"""
from correct import built, join


def below(prefix, head, file):
    return join(head, prefix, file)


cache_from_source = built(below=below)
