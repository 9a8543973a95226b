"""On Windows the parts are put together as they were before Python 3.8.10, as if none had a root.

Platform: win32
Breaks: windows-separator-after-root-turns, windows-prefix-drops-the-drive, windows-drive-name-drops-the-cache-folder, windows-null-character-raises, windows-joins-with-backslash, path-empty-gives-the-tag-alone, windows-long-paths-raise, prefix-file-name-is-the-same
"""
from correct import built, join_plainly

cache_from_source = built(join=join_plainly)
