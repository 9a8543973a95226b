"""A file whose tag is not that of the interpreter raises ValueError.

Breaks: back-tag-in-name-is-not-read
"""
import sys

from correct import built, check_name as correct_check


def check_name(name):
    correct_check(name)
    if name.split('.')[1] != sys.implementation.cache_tag:
        raise ValueError('not a file of this interpreter: ' + repr(name))


source_from_cache = built('source_from_cache', check_name=check_name)
