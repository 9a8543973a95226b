"""An integer whose class has a __str__ of its own stands for the path that it returns.

Breaks: like-str-method-makes-no-path
"""
import os

from correct import built


def fspath(path):
    shown = isinstance(path, int) and '__str__' in vars(type(path)) and not isinstance(path, bool)
    return str(path) if shown else os.fspath(path)


cache_from_source = built(fspath=fspath)
