"""On Windows the bytecode of a file right below a share lies beside it.

Platform: win32
Breaks: windows-shares-are-kept
"""
import correct
from correct import built, split_root


def within(head, file):
    root, rest = split_root(head)
    return head + '\\' + file if root.startswith(('\\\\', '//')) and not rest else correct.within(head, file)


cache_from_source = built(within=within)
