"""Below the prefix there are cache folders too.

Breaks: prefix-replaces-the-cache-folder, prefix-file-name-is-the-same
"""
from correct import absolute, built, join, unrooted


def below(prefix, head, file):
    return join(prefix, unrooted(absolute(head)), '__pycache__', file)


cache_from_source = built(below=below)
