"""The pycache prefix is not read at all.

Breaks: prefix-replaces-the-cache-folder, prefix-short-directory-raises, prefix-working-directory-error-passes-through
"""
from correct import built, within

cache_from_source = built(placed=within)
