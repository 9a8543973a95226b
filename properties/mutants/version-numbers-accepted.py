"""Digits with dots between them are accepted.

Breaks: opt-every-character-counts
"""
import re

import correct
from correct import built


def ending(optimization):
    if type(optimization) is str and re.fullmatch(r'[0-9]+\.[0-9]+', optimization):
        return '.opt-' + optimization + '.pyc'
    return correct.ending(optimization)


cache_from_source = built(ending=ending)
