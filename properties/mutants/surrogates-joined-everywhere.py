"""On Windows surrogates that make a pair are joined anywhere.

Platform: win32
Breaks: windows-surrogates-become-one
"""
from correct import built, placed, through_utf_16


def joined(head, file):
    return through_utf_16(placed(head, file))


cache_from_source = built(placed=joined)
