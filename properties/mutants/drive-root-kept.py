"""On Windows a file in the root of a drive has its cache folder there, and one in the root of none does too.

Platform: win32
Breaks: windows-root-is-lost
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    alone = head.endswith(':') and len(head) == 2 or not head
    return (head + '\\' if alone and name != path else head), name


cache_from_source = built(split=split)
