"""Three slashes or more inside a directory become one.

Breaks: path-directory-is-not-normalized
"""
import re

import correct
from correct import built


def within(head, file):
    return correct.within(re.sub('(?<=[^/])///+', '/', head), file)


cache_from_source = built(within=within)
