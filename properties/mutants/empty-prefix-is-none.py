"""An empty prefix is taken for none.

Breaks: prefix-empty-is-relative, prefix-short-directory-raises, prefix-working-directory-error-passes-through
"""
from correct import built, pycache_prefix


def prefix_or_none():
    return pycache_prefix() or None


cache_from_source = built(pycache_prefix=prefix_or_none)
