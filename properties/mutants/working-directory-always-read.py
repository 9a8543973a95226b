"""The working directory is asked for at each call, also without a prefix and for an absolute directory.

Breaks: prefix-none-changes-nothing
"""
from correct import getcwd, steps


def cache_from_source(path, debug_override=None, *, optimization=None):
    getcwd()
    return steps(path, debug_override, optimization)
