"""A relative directory lies below the prefix itself, without the working directory.

Breaks: prefix-working-directory-completes, prefix-short-directory-raises, prefix-working-directory-error-passes-through
"""
from correct import built


def below(prefix, head, file):
    return '/'.join(part.rstrip('/') for part in [prefix, head.lstrip('/'), file] if part)


cache_from_source = built(below=below)
