"""A file that is no .pyc raises ValueError.

Breaks: back-extension-is-not-read
"""
from correct import built, check_name as correct_check


def check_name(name):
    correct_check(name)
    if not name.endswith('.pyc'):
        raise ValueError('no bytecode file: ' + repr(name))


source_from_cache = built('source_from_cache', check_name=check_name)
