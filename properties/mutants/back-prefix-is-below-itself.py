"""What lies in the prefix itself is below it.

Breaks: back-prefix-itself-is-not-below
"""
from correct import built, without_prefix as correct_prefix


def without_prefix(prefix, head):
    stripped = prefix.rstrip('/')
    return '/' if head == stripped and stripped else correct_prefix(prefix, head)


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
