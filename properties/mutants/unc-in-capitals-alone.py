r"""On Windows what starts with \\?\unc\ is no share, as its letters are small.

Platform: win32
Breaks: windows-separators-after-root-become-one
"""
from correct import built, root_patterns


def patterns():
    return [pattern.replace('UNC', '(?-i:UNC)') for pattern in root_patterns()]


cache_from_source = built(root_patterns=patterns)
