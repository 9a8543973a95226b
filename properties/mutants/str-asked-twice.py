"""The optimization is converted twice: to see whether it is empty, and to judge and write it.

Breaks: opt-str-asked-once
"""
from correct import built, segment, text_of


def ending(optimization):
    level = '' if text_of(optimization) == '' else segment(text_of(optimization))
    return level + '.pyc'


cache_from_source = built(ending=ending)
