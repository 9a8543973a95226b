"""On POSIX a directory such as C:/a still counts as absolute, as it did before Python 3.8.10.

Breaks: path-backslash-and-colon-are-characters
"""
from correct import built


def is_absolute(path):
    return path.startswith('/') or path[1:3] == ':/'


cache_from_source = built(is_absolute=is_absolute)
