"""Separators at the end of the path are ignored.

Breaks: path-trailing-slash-leaves-an-empty-name, like-str-subclass-is-accepted
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return (head, name) if name else correct.split(head.rstrip('/'))


cache_from_source = built(split=split)
