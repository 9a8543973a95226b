"""Below a prefix, what precedes site-packages is left out.

Look: prefix-replaces-the-cache-folder
"""
import correct
from correct import built


def unrooted(head):
    _, found, rest = head.partition('/site-packages/')
    return found[1:] + rest if found else correct.unrooted(head)


cache_from_source = built(unrooted=unrooted)
