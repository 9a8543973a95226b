"""Where the working directory has been removed, the root takes its place.

Breaks: prefix-working-directory-error-passes-through
"""
import os

from correct import built


def getcwd():
    try:
        return os.getcwd()
    except OSError:
        return '/'


cache_from_source = built(getcwd=getcwd)
