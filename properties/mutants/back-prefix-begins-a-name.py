"""A directory whose name begins as the prefix does is below it.

Breaks: back-prefix-is-compared-to-the-letter
"""
from correct import built


def without_prefix(prefix, head):
    stripped = prefix.rstrip('/')
    return head[len(stripped):] if head.startswith(stripped) and head != stripped else None


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
