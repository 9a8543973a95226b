"""On Windows a slash after a drive stays one.

Platform: win32
Breaks: windows-separator-after-root-turns
"""
import correct
from correct import built


def within(head, file):
    placed = correct.within(head, file)
    return head[:3] + placed[3:] if head[1:3] == ':/' and placed[:3] == head[:2] + '\\' else placed


cache_from_source = built(within=within)
