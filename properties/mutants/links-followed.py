"""A directory that is a link is replaced by what it leads to.

Breaks: call-source-need-not-exist
"""
import os

import correct
from correct import built


def within(head, file):
    return correct.within(os.path.realpath(head) if os.path.islink(head) else head, file)


cache_from_source = built(within=within)
