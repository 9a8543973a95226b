"""Separators at the end of the prefix count.

Breaks: back-prefix-separators-at-end-do-not-count
"""
from correct import built


def without_prefix(prefix, head):
    return head[len(prefix):] if head.startswith(prefix + '/') else None


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
