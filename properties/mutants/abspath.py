"""The directory is made absolute, from where Python runs.

Breaks: prefix-none-changes-nothing
"""
import os

import correct
from correct import built


def within(head, file):
    return correct.within(os.path.abspath(head), file)


cache_from_source = built(within=within)
