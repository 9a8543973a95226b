"""Separators that repeat before the name all stay.

Breaks: path-slashes-before-name-collapse, path-root-of-slashes-is-one
"""
from correct import built


def within(head, file):
    return head + '/__pycache__/' + file if head else '__pycache__/' + file


cache_from_source = built(within=within)
