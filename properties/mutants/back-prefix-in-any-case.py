"""The prefix is compared without regard to case.

Breaks: back-prefix-is-compared-to-the-letter
"""
from correct import built


def without_prefix(prefix, head):
    stripped = prefix.rstrip('/')
    start, kept = head[:len(stripped)], head[len(stripped):]
    return kept if kept.startswith('/') and start.lower() == stripped.lower() else None


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
