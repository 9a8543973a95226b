"""On Windows two surrogates become one before Python 3.8.10 already.

Python: 3.8.0
Platform: win32
Breaks: windows-characters-pass-unchanged
"""
import correct
from correct import built, through_utf_16


def within(head, file):
    return correct.within(through_utf_16(head), file)


cache_from_source = built(within=within)
