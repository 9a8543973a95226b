"""On Windows a drive is a letter in Python 3.8.10 already.

Python: 3.8.10
Platform: win32
Breaks: windows-drive-is-any-character, windows-joins-with-backslash
"""
from correct import built, root_patterns


def without_any_drive():
    return root_patterns()[1:]


cache_from_source = built(root_patterns=without_any_drive)
