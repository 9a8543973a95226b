"""A path of bytes is decoded with os.fsdecode.

Breaks: like-bytes-raise
"""
import os

from correct import steps


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, fspath=os.fsdecode)
