"""Spaces around the path are trimmed.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    return correct.split(path.strip())


cache_from_source = built(split=split)
