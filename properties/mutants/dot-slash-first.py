r"""On Windows ./ is dropped before .\ is.

Python: 3.13.0
Platform: win32
Breaks: windows-prefix-leading-dots-by-separator
"""
from correct import built


def without_dot(head):
    for separator in '/\\':
        if head.startswith('.' + separator):
            head = head[2:]
    return head


cache_from_source = built(without_dot=without_dot)
