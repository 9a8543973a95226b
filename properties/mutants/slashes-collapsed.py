"""Separators that repeat become one, anywhere in the path.

Breaks: path-directory-is-not-normalized, path-root-of-slashes-is-one
"""
import re

import correct
from correct import steps


def split(path):
    correct.split(path)  # bytes fail
    return correct.split(re.sub('//+', '/', path))


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, split=split)
