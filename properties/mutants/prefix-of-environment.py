"""The prefix is read from the environment, where it may be empty for none.

Breaks: path-without-directory, prefix-replaces-the-cache-folder, path-cache-folder-beside-source, path-root-of-slashes-is-one, prefix-none-changes-nothing, call-source-need-not-exist
"""
import os

from correct import built


def pycache_prefix():
    return os.environ.get('PYTHONPYCACHEPREFIX') or None


cache_from_source = built(pycache_prefix=pycache_prefix)
