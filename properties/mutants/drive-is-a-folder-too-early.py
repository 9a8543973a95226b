"""On POSIX a directory such as C:/ counts as relative before Python 3.8.10 already.

Python: 3.8.0
Breaks: prefix-drive-counts-as-absolute
"""
from correct import built


def is_absolute(path):
    return path.startswith('/')


cache_from_source = built(is_absolute=is_absolute)
