"""The result is tidied with os.path.normpath.

Breaks: path-directory-is-not-normalized
"""
import os

import correct
from correct import steps


def within(head, file):
    return os.path.normpath(correct.within(head, file))


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, within=within)
