"""The working directory is what the shell says in PWD.

Breaks: prefix-working-directory-completes, prefix-working-directory-error-passes-through, prefix-short-directory-raises
"""
import os

from correct import built


def getcwd():
    return os.environ.get('PWD', '/')


cache_from_source = built(getcwd=getcwd)
