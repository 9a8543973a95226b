"""The result is tidied with os.path.normpath.

Breaks: path-directory-is-not-normalized, path-dots-are-a-name
"""
import os

import correct
from correct import built


def within(head, file):
    return os.path.normpath(correct.within(head, file))


cache_from_source = built(within=within)
