"""On Windows a slash does not separate.

Platform: win32
Breaks: back-windows-both-separators
"""
from correct import built, split as correct_split


def split(path):
    if not isinstance(path, str):
        return correct_split(path)
    head, _, name = path.rpartition('\\')
    return head, name


source_from_cache = built('source_from_cache', split=split)
