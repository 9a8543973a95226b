"""On Windows the parts are put together as they were before Python 3.8.10, as if none had a root.

Platform: win32
Breaks: windows-drive-root-is-lost, windows-drive-name-drops-the-cache-folder, windows-drive-named-again-is-dropped, windows-separator-after-root-turns, windows-separators-after-root-become-one, windows-surrogates-become-one, windows-null-character-raises, windows-long-paths-raise, windows-drive-as-prefix-stays-relative, windows-second-drive-drops-the-prefix, windows-drive-name-drops-the-prefix
"""
from correct import built, join_plainly

cache_from_source = built(join=join_plainly)
