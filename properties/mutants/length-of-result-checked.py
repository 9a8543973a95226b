"""On Windows the result as a whole must not be too long.

Platform: win32
Breaks: windows-long-paths-raise
"""
from correct import built, check, placed


def checked(head, file):
    result = placed(head, file)
    check(result)
    return result


cache_from_source = built(placed=checked)
