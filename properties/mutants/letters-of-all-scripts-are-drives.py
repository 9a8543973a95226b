"""On Windows a drive is any letter, as str.isalpha has it.

Platform: win32
Breaks: windows-drive-is-a-letter
"""
from correct import built, root_patterns


def letters_first():
    return [r'(?u:[^\W\d_]):\\?'] + root_patterns()


cache_from_source = built(root_patterns=letters_first)
