"""On Windows a drive drops what stands before it, also where that is on the same drive.

Platform: win32
Breaks: windows-drive-named-again-is-dropped, windows-prefix-completes-the-same-drive-only
"""
from correct import built


def same_drive(one, other):
    return False


cache_from_source = built(same_drive=same_drive)
