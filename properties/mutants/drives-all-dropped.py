"""On Windows a directory loses each drive that it starts with.

Platform: win32
Breaks: windows-second-drive-drops-the-prefix
"""
import correct
from correct import built


def unrooted(head):
    rest = correct.unrooted(head)
    while rest[1:2] == ':':
        rest = rest[2:].lstrip('\\/')
    return rest


cache_from_source = built(unrooted=unrooted)
