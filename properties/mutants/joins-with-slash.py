"""On Windows the parts are put together with a slash.

Platform: win32
Breaks: windows-joins-with-backslash, windows-drive-name-drops-the-cache-folder, windows-null-character-raises, windows-long-paths-raise
"""
from correct import built


def within(head, file):
    return head.rstrip('\\/') + '/__pycache__/' + file if head else '__pycache__/' + file


cache_from_source = built(within=within)
