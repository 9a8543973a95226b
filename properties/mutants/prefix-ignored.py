"""The pycache prefix is not read at all.

Breaks: prefix-replaces-the-cache-folder, prefix-is-read-at-each-call, prefix-empty-is-relative
"""
from correct import built, within

cache_from_source = built(placed=within)
