"""The path is cut and put together with os.path, which keeps the root.

Breaks: path-root-is-lost, prefix-root-file-counts-as-relative, prefix-short-directory-raises
"""
import os

import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    return os.path.split(path)


def within(head, file):
    return os.path.join(head, '__pycache__', file)


cache_from_source = built(split=split, within=within)
