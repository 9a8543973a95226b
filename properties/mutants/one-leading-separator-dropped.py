"""Below a prefix an absolute directory loses only one of the separators at its start.

Breaks: prefix-separators-at-the-start-are-dropped
"""
import correct
from correct import built


def unrooted(head):
    correct.unrooted(head)  # raises for a short one
    return head[1:]


cache_from_source = built(unrooted=unrooted)
