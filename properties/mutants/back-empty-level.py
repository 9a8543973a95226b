"""A level may be empty.

Breaks: back-empty-level-raises
"""
from correct import built, check_level as correct_level


def check_level(segment):
    if segment != 'opt-':
        correct_level(segment)


source_from_cache = built('source_from_cache', check_level=check_level)
