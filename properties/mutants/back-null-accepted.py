"""On Windows a null character is a character.

Platform: win32
Breaks: back-windows-null-character-raises
"""
from correct import LONGEST, built, units


def check(path):
    if units(path) > LONGEST:
        raise ValueError('_path_splitroot: path too long for Windows')


source_from_cache = built('source_from_cache', check=check)
