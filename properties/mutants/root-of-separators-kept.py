"""On Windows of a root that is written with several separators all are kept.

Platform: win32
Breaks: windows-root-of-separators-is-one, windows-drive-name-drops-the-cache-folder
"""
import correct
from correct import built


def within(head, file):
    alone = head and not head.strip('\\/')
    return head + '\\__pycache__\\' + file if alone else correct.within(head, file)


cache_from_source = built(within=within)
