"""On Windows the directory and the name are joined plainly.

Platform: win32
Breaks: back-windows-joined-by-roots
"""
from correct import built, join_by_roots, join_plainly


def join(kept, name):
    join_by_roots(kept, name)  # raises for what Windows rejects
    return join_plainly(kept, name)


source_from_cache = built('source_from_cache', join=join)
