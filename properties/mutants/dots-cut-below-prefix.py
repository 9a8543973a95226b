"""Folders called .. are left out, so that no file lies outside the prefix.

Breaks: prefix-directory-is-not-normalized
"""
import correct
from correct import built


def unrooted(head):
    return '/'.join(part for part in correct.unrooted(head).split('/') if part != '..')


cache_from_source = built(unrooted=unrooted)
