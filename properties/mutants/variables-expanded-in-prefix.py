"""Variables of the environment are expanded in the prefix.

Breaks: prefix-relative-stays-relative
"""
import os

import correct
from correct import built


def below(prefix, head, file):
    return correct.below(os.path.expandvars(prefix), head, file)


cache_from_source = built(below=below)
