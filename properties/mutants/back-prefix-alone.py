"""With a prefix, what is not below it raises ValueError.

Breaks: back-elsewhere-as-without-prefix
"""
from correct import built, pycache_prefix, without_folder, without_prefix


def source_directory(head, path):
    prefix = pycache_prefix()
    if prefix is None:
        return without_folder(head, path)
    kept = without_prefix(prefix, head)
    if kept is None:
        raise ValueError('__pycache__ not bottom-level directory in {!r}'.format(path))
    return kept


source_from_cache = built('source_from_cache', source_directory=source_directory)
