"""The name is put behind the directory and a slash, however many there are.

Breaks: back-separators-before-folder-become-one
"""
from correct import built


def join(kept, name):
    return kept + '/' + name if kept else name


source_from_cache = built('source_from_cache', join=join)
