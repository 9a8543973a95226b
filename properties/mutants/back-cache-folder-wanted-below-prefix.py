"""Below the prefix too, the last folder must be a cache folder.

Breaks: back-prefix-is-dropped, back-below-prefix-cache-folder-stays
"""
from correct import built, without_folder, without_prefix as correct_prefix


def without_prefix(prefix, head):
    kept = correct_prefix(prefix, head)
    return None if kept is None else without_folder(kept, head)


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
