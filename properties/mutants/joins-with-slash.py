"""On Windows the parts are put together with a slash.

Platform: win32
Breaks: windows-joins-with-backslash, path-without-directory, path-cache-folder-beside-source
"""
from correct import built


def within(head, file):
    return head.rstrip('\\/') + '/__pycache__/' + file if head else '__pycache__/' + file


cache_from_source = built(within=within)
