"""What __fspath__ returns is converted with str().

Breaks: like-fspath-gives-the-path
"""
import os

from correct import built


def fspath(path):
    answer = os.fspath(path)
    return str(answer) if isinstance(answer, str) and not isinstance(path, str) else answer


cache_from_source = built(fspath=fspath)
