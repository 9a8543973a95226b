"""On Windows the parts are put together as they were before Python 3.8.10, as if none had a root.

Platform: win32
Breaks: windows-separator-after-root-turns, windows-prefix-drops-the-drive, windows-drive-name-drops-the-cache-folder, windows-null-character-raises, prefix-file-name-is-the-same, path-empty-gives-the-tag-alone, windows-joins-with-backslash, windows-long-paths-raise
"""
from correct import built, join_plainly

cache_from_source = built(join=join_plainly)
