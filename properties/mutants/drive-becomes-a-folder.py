"""On Windows there is a folder for each drive below the prefix.

Platform: win32
Breaks: windows-prefix-drops-the-drive, windows-second-drive-drops-the-prefix
"""
import correct
from correct import built


def unrooted(head):
    rest = correct.unrooted(head)
    return head[0] + '\\' + rest if head[1:2] == ':' and rest else rest


cache_from_source = built(unrooted=unrooted)
