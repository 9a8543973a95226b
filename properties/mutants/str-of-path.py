"""The path is converted with str(), so that everything is one, and __fspath__ is not asked.

Breaks: like-other-types-raise, like-fspath-gives-the-path, like-str-method-makes-no-path
"""
from correct import steps


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, fspath=str)
