"""Bytes that __fspath__ returns are decoded with os.fsdecode.

Breaks: like-bytes-raise
"""
import os

from correct import built


def fspath(path):
    return os.fsdecode(path) if hasattr(type(path), '__fspath__') else os.fspath(path)


cache_from_source = built(fspath=fspath)
