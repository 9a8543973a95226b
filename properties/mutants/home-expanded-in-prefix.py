"""A prefix that starts with ~/ starts in the home directory.

Breaks: prefix-relative-stays-relative
"""
import os

import correct
from correct import built


def below(prefix, head, file):
    return correct.below(os.path.expanduser(prefix) if prefix.startswith('~/') else prefix, head, file)


cache_from_source = built(below=below)
