"""On Windows the parts are put together by their roots before Python 3.8.10 already.

Python: 3.8.0
Platform: win32
Breaks: windows-drive-root-is-kept, windows-drive-is-part-of-the-name, windows-characters-pass-unchanged
"""
from correct import built, join_by_roots

cache_from_source = built(join=join_by_roots)
