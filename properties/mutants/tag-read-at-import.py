"""The cache tag is read once, at import.

Breaks: tag-read-at-each-call, tag-none-raises, order-tag-before-optimization, path-name-without-dot-is-glued-to-tag
"""
import sys

from correct import built

TAG = sys.implementation.cache_tag


def cache_tag():
    return TAG


cache_from_source = built(cache_tag=cache_tag)
