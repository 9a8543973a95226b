"""A separator always follows the prefix, so that an empty one is the root.

Breaks: prefix-separators-at-its-end-are-dropped, prefix-empty-is-relative
"""
from correct import absolute, built, unrooted


def below(prefix, head, file):
    return prefix + '/' + '/'.join(part.rstrip('/') for part in [unrooted(absolute(head)), file] if part)


cache_from_source = built(below=below)
