"""A directory that cannot be encoded in UTF-8 raises ValueError.

Breaks: back-characters-pass-unchanged
"""
from correct import built, source_directory as correct_directory


def source_directory(head, path):
    kept = correct_directory(head, path)
    try:
        kept.encode('utf-8')
    except UnicodeEncodeError:
        raise ValueError('not in UTF-8: {!r}'.format(path)) from None
    return kept


source_from_cache = built('source_from_cache', source_directory=source_directory)
