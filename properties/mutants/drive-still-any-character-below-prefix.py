"""On Windows any character may be a drive below a prefix, as it was before Python 3.9.5.

Platform: win32
Breaks: windows-drive-is-a-letter
"""
import correct
from correct import built


def is_absolute(path):
    return path[1:3] in (':\\', ':/') or correct.is_absolute(path)


cache_from_source = built(is_absolute=is_absolute)
