"""On Windows the drive is set aside with ntpath.splitdrive, and put back before the rest when that is placed.

Platform: win32
Breaks: windows-separator-after-root-turns, windows-drive-is-a-letter, windows-drive-name-drops-the-cache-folder, windows-null-character-raises, windows-joins-with-backslash, windows-long-paths-raise
"""
from ntpath import splitdrive

from correct import built, join_plainly


def within(head, file):
    drive, rest = splitdrive(head)
    own_drive, name = splitdrive(file)
    return (drive or own_drive) + join_plainly(rest, '__pycache__', name)


cache_from_source = built(within=within)
