"""On Windows a slash may stand behind the prefix.

Platform: win32
Breaks: back-windows-prefix-separator-is-a-backslash
"""
from correct import built


def without_prefix(prefix, head):
    stripped = prefix.rstrip('\\/')
    return head[len(stripped):] if head.startswith((stripped + '\\', stripped + '/')) else None


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
