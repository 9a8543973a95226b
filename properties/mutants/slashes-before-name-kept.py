"""Separators that repeat before the name all stay.

Breaks: path-slashes-before-name-collapse, path-root-of-slashes-is-one
"""
from correct import steps


def within(head, file):
    return head + '/__pycache__/' + file if head else '__pycache__/' + file


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, within=within)
