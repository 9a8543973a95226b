"""A cache tag that has other characters than those of an identifier and hyphens is refused.

Breaks: tag-is-not-checked
"""
import re

import correct
from correct import steps


def cache_tag():
    tag = correct.cache_tag()
    if re.search(r'[^\w-]', tag):
        raise ValueError('{!r} is no cache tag'.format(tag))
    return tag


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, cache_tag=cache_tag)
