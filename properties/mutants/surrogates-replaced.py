"""The path goes through UTF-8, and surrogates become question marks.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    return correct.split(path.encode('utf-8', 'replace').decode('utf-8'))


cache_from_source = built(split=split)
