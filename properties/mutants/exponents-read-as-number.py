"""Text such as 1E5 is read as a number.

Look: opt-text-becomes-segment
Breaks: opt-text-is-kept
"""
import re

import correct
from correct import built


def text_of(optimization):
    if type(optimization) is str and re.fullmatch('[0-9]{1,3}[Ee][0-9]{1,2}', optimization):
        optimization = '%d' % float(optimization)
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
