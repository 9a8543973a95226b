"""Below a prefix the file is named without its optimization.

Breaks: prefix-file-name-is-the-same
"""
import re

import correct
from correct import built


def below(prefix, head, file):
    return correct.below(prefix, head, re.sub(r'\.opt-\w+\.pyc$', '.pyc', file))


cache_from_source = built(below=below)
