"""A path of a subclass of str is converted with str(), which asks its own __str__.

Breaks: like-str-subclass-is-accepted
"""
import os

from correct import built


def fspath(path):
    return str(path) if isinstance(path, str) else os.fspath(path)


cache_from_source = built(fspath=fspath)
