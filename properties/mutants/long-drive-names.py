"""On Windows all that stands before the first colon is a drive.

Platform: win32
Breaks: windows-drive-is-a-letter
"""
from correct import built, root_patterns


def names_first():
    return [r'[^\\:]+:\\?'] + root_patterns()


cache_from_source = built(root_patterns=names_first)
