"""On Windows a drive is a letter, below a prefix, in Python 3.8 already.

Python: 3.8.0
Platform: win32
Breaks: prefix-separators-before-name-collapse, windows-prefix-any-character-is-a-drive
"""
import re

from correct import built


def is_absolute(path):
    return path.startswith('\\/') or re.match(r'[A-Za-z]:[\\/]', path)


cache_from_source = built(is_absolute=is_absolute)
