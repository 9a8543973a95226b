"""The name is checked before the folder.

Breaks: back-first-error-is-raised
"""
from correct import cache_tag, check_name, cut, fspath, join, source_directory, source_name


def source_from_cache(path):
    cache_tag()
    path = fspath(path)
    head, name = cut(path)
    check_name(name)
    return join(source_directory(head, path), source_name(name))
