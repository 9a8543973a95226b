"""A relative directory loses each ./ that it starts with.

Python: 3.13.0
Breaks: prefix-leading-dot-is-dropped-once
"""
from correct import built


def without_dot(head):
    while head.startswith('./'):
        head = head[2:]
    return head


cache_from_source = built(without_dot=without_dot)
