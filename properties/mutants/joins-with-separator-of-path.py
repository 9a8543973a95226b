"""On Windows the parts are put together with the separator that the path has.

Platform: win32
Breaks: windows-joins-with-backslash
"""
import correct
from correct import built


def within(head, file):
    placed = correct.within(head, file)
    return placed.replace('\\', '/') if '/' in head and '\\' not in head else placed


cache_from_source = built(within=within)
