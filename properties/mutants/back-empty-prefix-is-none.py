"""The empty prefix is none.

Breaks: back-empty-prefix-is-a-prefix
"""
from correct import built, without_prefix as correct_prefix


def without_prefix(prefix, head):
    return correct_prefix(prefix, head) if prefix else None


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
