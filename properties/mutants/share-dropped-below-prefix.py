"""On Windows a directory loses its share below a prefix, as it loses its drive.

Platform: win32
Breaks: windows-prefix-shares-become-folders
"""
import correct
from correct import built, split_root


def unrooted(head):
    root, rest = split_root(head)
    return rest if root.startswith(('\\\\', '//')) else correct.unrooted(head)


cache_from_source = built(unrooted=unrooted)
