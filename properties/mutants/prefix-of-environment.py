"""The prefix is read from the environment, where it may be empty for none.

Breaks: prefix-replaces-the-cache-folder, prefix-short-directory-raises, prefix-working-directory-error-passes-through
"""
import os

from correct import built


def pycache_prefix():
    return os.environ.get('PYTHONPYCACHEPREFIX') or None


cache_from_source = built(pycache_prefix=pycache_prefix)
