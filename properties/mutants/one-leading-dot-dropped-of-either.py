r"""On Windows one leading dot is dropped, be it with .\ or ./ after it.

Python: 3.13.0
Platform: win32
Breaks: windows-prefix-leading-dots-by-separator
"""
from correct import built


def without_dot(head):
    return head[2:] if head.startswith(('.\\', './')) else head


cache_from_source = built(without_dot=without_dot)
