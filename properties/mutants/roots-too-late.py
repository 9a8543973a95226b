"""On Windows the parts are put together as they were before Python 3.8.10, as if none had a root.

Platform: win32
Breaks: windows-separator-after-root-turns, windows-drive-name-drops-the-cache-folder, windows-null-character-raises, windows-joins-with-backslash, windows-prefix-rooted-path-starts-at-the-drive, windows-drive-as-prefix-stays-relative, prefix-file-name-is-the-same, path-trailing-slash-leaves-an-empty-name, windows-long-paths-raise, windows-prefix-drops-the-drive, windows-drive-named-again-is-dropped
"""
from correct import built, join_plainly

cache_from_source = built(join=join_plainly)
