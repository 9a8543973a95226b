"""Bytes are decoded.

Breaks: back-bytes-raise
"""
import os

from correct import built


def fspath(path):
    return os.fsdecode(path)


source_from_cache = built('source_from_cache', fspath=fspath)
