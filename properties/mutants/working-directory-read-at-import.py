"""The working directory is read once, at import.

Breaks: prefix-working-directory-completes, prefix-working-directory-error-passes-through, prefix-short-directory-raises
"""
import os

from correct import built

CWD = os.getcwd()


def getcwd():
    return CWD


cache_from_source = built(getcwd=getcwd)
