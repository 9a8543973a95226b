"""On Windows drives that differ in case are two.

Platform: win32
Breaks: windows-drive-named-again-is-dropped, windows-prefix-completes-the-same-drive-only
"""
from correct import built


def same_drive(one, other):
    return one == other


cache_from_source = built(same_drive=same_drive)
