"""However many dots there are.

Breaks: back-two-or-three-dots
"""
from correct import built


def check_dots(name):
    pass


source_from_cache = built('source_from_cache', check_dots=check_dots)
