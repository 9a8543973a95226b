"""What is no text is made text by str().

Breaks: back-other-types-raise
"""
import os

from correct import built


def fspath(path):
    return os.fspath(path) if isinstance(path, bytes) or hasattr(type(path), '__fspath__') else str.__str__(path) if isinstance(path, str) else str(path)


source_from_cache = built('source_from_cache', fspath=fspath)
