"""On Windows the parts are put together by their roots before Python 3.8.10 already.

Python: 3.8.0
Platform: win32
Breaks: windows-separators-inside-stay, windows-prefix-rooted-path-is-relative, windows-prefix-drops-the-drive, windows-drive-is-part-of-the-name, windows-characters-pass-unchanged
"""
from correct import built, join_by_roots

cache_from_source = built(join=join_by_roots)
