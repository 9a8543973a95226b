"""The path is cut at its first separator.

Breaks: path-splits-at-last-separator, path-cache-folder-beside-source
"""
import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    head, slash, name = path.partition('/')
    return (head, name) if slash else ('', path)


cache_from_source = built(split=split)
