"""The name of the file is cut to the 255 characters that a file system may allow.

Breaks: path-of-any-length
"""
from correct import built, within


def shortened(head, name):
    return within(head, name if len(name) <= 255 else name[:255 - len('.pyc')] + '.pyc')


cache_from_source = built(within=shortened)
