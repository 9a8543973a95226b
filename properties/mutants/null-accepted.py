"""On Windows a NUL is a character like others.

Platform: win32
Breaks: windows-null-character-raises
"""
import correct
from correct import built


def check(path):
    correct.check(path.replace('\0', '.'))


cache_from_source = built(check=check)
