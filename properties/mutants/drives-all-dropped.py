"""On Windows a directory loses each drive that it starts with.

Platform: win32
Breaks: windows-second-drive-drops-the-prefix
"""
import re

import correct
from correct import built


def unrooted(head):
    rest = correct.unrooted(head)
    while re.match('[A-Za-z]:', rest):
        rest = rest[2:].lstrip('\\/')
    return rest


cache_from_source = built(unrooted=unrooted)
