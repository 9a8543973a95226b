"""A level is one digit.

Breaks: back-any-alphanumeric-level
"""
from correct import built, check_level as correct_level


def check_level(segment):
    correct_level(segment, alphanumeric=lambda level: level in ('0', '1', '2'))


source_from_cache = built('source_from_cache', check_level=check_level)
