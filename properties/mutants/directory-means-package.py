"""A path that is a directory stands for the package in it: the file system is asked.

Breaks: call-source-need-not-exist, path-dots-are-a-name, prefix-short-directory-raises
"""
import os

from correct import built


def fspath(path):
    path = os.fspath(path)
    return os.path.join(path, '__init__.py') if isinstance(path, str) and is_directory(path) else path


def is_directory(path):
    try:
        return os.path.isdir(path)
    except ValueError:  # a NUL or a surrogate
        return False


cache_from_source = built(fspath=fspath)
