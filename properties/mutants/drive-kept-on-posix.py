"""On POSIX a directory such as C:/a counts as absolute, and keeps its drive.

Python: 3.8.0
Breaks: prefix-drive-counts-as-absolute
"""
from correct import built


def unrooted(head):
    head[1]
    return head.lstrip('/')


cache_from_source = built(unrooted=unrooted)
