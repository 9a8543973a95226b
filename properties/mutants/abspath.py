"""The directory is made absolute, from where Python runs.

Breaks: path-without-directory, path-directory-is-not-normalized
"""
import os

import correct
from correct import steps


def within(head, file):
    return correct.within(os.path.abspath(head), file)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, within=within)
