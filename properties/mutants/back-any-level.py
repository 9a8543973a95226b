"""A level may have any characters, one at least.

Breaks: back-level-is-alphanumeric
"""
from correct import built, check_level as correct_level


def check_level(segment):
    correct_level('opt-a' if segment != 'opt-' else segment)


source_from_cache = built('source_from_cache', check_level=check_level)
