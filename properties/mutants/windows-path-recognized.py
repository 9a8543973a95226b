"""A path that starts with a drive and a backslash is cut as one of Windows.

Breaks: path-backslash-and-colon-are-characters
"""
import re

import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return ('', name.rpartition('\\')[2]) if not head and re.match(r'[A-Za-z]:\\', name) else (head, name)


cache_from_source = built(split=split)
