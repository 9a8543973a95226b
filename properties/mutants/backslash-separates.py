"""A backslash ends the directory, as it does on Windows.

Breaks: path-backslash-and-colon-are-characters
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    _, backslash, last = name.rpartition('\\')
    return (path[:-len(backslash + last)], last) if backslash else (head, name)


cache_from_source = built(split=split)
