r"""On Windows what starts with \\?\Volume is no root.

Platform: win32
Breaks: windows-prefix-shares-become-folders, windows-separator-after-root-turns
"""
from correct import VOLUME, built, root_patterns


def patterns():
    return [pattern.replace(VOLUME, '(?!)') for pattern in root_patterns()]


cache_from_source = built(root_patterns=patterns)
