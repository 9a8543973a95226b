"""A relative prefix is made absolute before it is compared.

Breaks: back-prefix-is-compared-to-the-letter
"""
from correct import absolute, built, pycache_prefix as correct_prefix


def pycache_prefix():
    prefix = correct_prefix()
    return absolute(prefix) if prefix else prefix


source_from_cache = built('source_from_cache', pycache_prefix=pycache_prefix)
