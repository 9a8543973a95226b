"""The prefix is tidied with os.path.normpath.

Breaks: prefix-is-not-normalized, prefix-directory-is-not-normalized
"""
import os

import correct
from correct import built


def below(prefix, head, file):
    return correct.below(os.path.normpath(prefix) if prefix else prefix, head, file)


cache_from_source = built(below=below)
