"""Three dots are allowed before 3.5.

Python: 3.4.3
Breaks: back-two-dots-before-optimization
"""
from correct import built


def check_dots(name):
    if name.count('.') not in (2, 3):
        raise ValueError('expected only 2 or 3 dots in {!r}'.format(name))


source_from_cache = built('source_from_cache', check_dots=check_dots)
