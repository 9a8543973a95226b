"""A cache tag that has other characters than those of an identifier and hyphens is refused.

Breaks: tag-is-not-checked
"""
import re

import correct
from correct import built


def cache_tag():
    tag = correct.cache_tag()
    if re.search(r'[^\w-]', tag):
        raise ValueError('{!r} is no cache tag'.format(tag))
    return tag


cache_from_source = built(cache_tag=cache_tag)
