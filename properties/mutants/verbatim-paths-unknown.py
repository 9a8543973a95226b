r"""On Windows what starts with \\?\ is a share like others.

Platform: win32
Breaks: windows-joins-with-backslash, prefix-directory-is-not-normalized, windows-separator-after-root-turns
"""
from correct import DRIVE, built


def root_patterns():
    return [r'\\\\[^\\]*(?:\\(?!\\)[^\\]*\\?|\\)?', r'\\', DRIVE]


cache_from_source = built(root_patterns=root_patterns)
