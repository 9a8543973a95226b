"""A name must have exactly two dots, so names with a level are rejected.

Breaks: back-two-or-three-dots
"""
from correct import built


def check_dots(name):
    if name.count('.') != 2:
        raise ValueError('expected only 2 dots in {!r}'.format(name))


source_from_cache = built('source_from_cache', check_dots=check_dots)
