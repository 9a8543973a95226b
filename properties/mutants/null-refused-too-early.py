"""On Windows a NUL is refused before Python 3.8.10 already.

Python: 3.8.0
Platform: win32
Breaks: windows-characters-pass-unchanged
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    if '\0' in path:
        raise ValueError('embedded null character in path')
    return head, name


cache_from_source = built(split=split)
