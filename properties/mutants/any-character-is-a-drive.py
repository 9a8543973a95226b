"""On Windows any character before a colon is a drive, as it was up to Python 3.8.20.

Platform: win32
Breaks: windows-drive-is-a-letter, windows-separator-after-root-turns, windows-joins-with-backslash
"""
from correct import ANY_DRIVE, built, root_patterns


def any_drive_first():
    return [ANY_DRIVE] + root_patterns()


cache_from_source = built(root_patterns=any_drive_first)
