"""On Windows separators at the start become one, so that a share is none.

Platform: win32
Breaks: windows-shares-are-kept, windows-prefix-shares-become-folders
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return ('\\' + head.lstrip('\\/') if head.strip('\\/') != head.rstrip('\\/') else head), name


cache_from_source = built(split=split)
