"""On POSIX only a letter may precede the colon of what counts as a drive.

Python: 3.8.0
Breaks: prefix-drive-counts-as-absolute
"""
import re

from correct import built


def is_absolute(path):
    return path.startswith('/') or re.match('[A-Za-z]:/', path)


cache_from_source = built(is_absolute=is_absolute)
