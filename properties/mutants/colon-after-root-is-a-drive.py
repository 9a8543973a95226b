"""On POSIX a directory such as /:a is taken to start with a drive.

Breaks: path-backslash-and-colon-are-characters
"""
import correct
from correct import built


def unrooted(head):
    return correct.unrooted(head[2:] if head[1:2] == ':' else head)


cache_from_source = built(unrooted=unrooted)
