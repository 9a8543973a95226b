"""On Windows a server alone is no root, and a share without a name is part of one.

Platform: win32
Breaks: windows-shares-are-kept, windows-separators-after-root-become-one, windows-prefix-shares-become-folders
"""
from correct import DRIVE, SEPARATOR, VERBATIM, built


def root_patterns():
    return [VERBATIM, r'\\\\(?!\?)[^\\]+\\[^\\]+\\?', SEPARATOR, DRIVE]


cache_from_source = built(root_patterns=root_patterns)
