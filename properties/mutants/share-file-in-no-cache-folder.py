"""On Windows the bytecode of a file right below a share lies beside it.

Platform: win32
Breaks: path-cache-folder-beside-source, windows-drive-name-drops-the-cache-folder
"""
import correct
from correct import built, split_root


def within(head, file):
    root, rest = split_root(head)
    in_share = root.startswith(('\\\\', '//')) and root.strip('\\/') and not rest
    return head + '\\' + file if in_share else correct.within(head, file)


cache_from_source = built(within=within)
