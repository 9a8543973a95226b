"""On Windows the directory and the name are joined by their roots, before 3.8.10.

Python: 3.8.0
Platform: win32
Breaks: back-windows-joined-plainly-before
"""
from correct import built, join_by_roots


def join(kept, name):
    return join_by_roots(kept, name)


source_from_cache = built('source_from_cache', join=join)
