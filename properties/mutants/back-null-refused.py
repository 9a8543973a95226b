"""A NUL in the directory raises ValueError, as it does in system calls.

Breaks: back-characters-pass-unchanged
"""
from correct import built, source_directory as correct_directory


def source_directory(head, path):
    kept = correct_directory(head, path)
    if '\0' in kept:
        raise ValueError('embedded null byte')
    return kept


source_from_cache = built('source_from_cache', source_directory=source_directory)
