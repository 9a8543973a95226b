r"""On Windows what starts with \\?\Volume is no root.

Platform: win32
Breaks: windows-shares-are-kept, windows-prefix-shares-become-folders
"""
from correct import VOLUME, built, root_patterns


def patterns():
    return [pattern.replace(VOLUME, '(?!)') for pattern in root_patterns()]


cache_from_source = built(root_patterns=patterns)
