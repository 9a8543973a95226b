"""Separators at the end of the path are ignored.

Breaks: path-trailing-slash-leaves-an-empty-name
"""
import correct
from correct import steps


def split(path):
    head, name = correct.split(path)
    return (head, name) if name else correct.split(head.rstrip('/'))


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, split=split)
