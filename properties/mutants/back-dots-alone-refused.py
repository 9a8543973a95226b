"""The name '..', which elsewhere means a directory, raises ValueError.

Breaks: back-name-ends-at-first-dot
"""
from correct import built, check_name as correct_check


def check_name(name):
    correct_check(name)
    if name == '..':
        raise ValueError('no name: {!r}'.format(name))


source_from_cache = built('source_from_cache', check_name=check_name)
