"""Prefix and directory are normalized before they are compared.

Breaks: back-prefix-is-compared-to-the-letter
"""
import os

from correct import built, without_prefix as correct_prefix


def without_prefix(prefix, head):
    kept = correct_prefix(prefix, head)
    if kept is None and prefix and head.startswith('/'):
        return correct_prefix(os.path.normpath(prefix), os.path.normpath(head))
    return kept


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
