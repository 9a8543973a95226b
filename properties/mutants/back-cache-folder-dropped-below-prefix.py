"""Below a prefix a cache folder is dropped too.

Breaks: back-below-prefix-cache-folder-stays
"""
from correct import built, without_prefix as correct_prefix


def without_prefix(prefix, head):
    kept = correct_prefix(prefix, head)
    if kept is not None and kept.endswith('/__pycache__'):
        return kept[:-len('__pycache__')] if kept == '/__pycache__' else kept[:-len('/__pycache__')]
    return kept


source_from_cache = built('source_from_cache', without_prefix=without_prefix)
