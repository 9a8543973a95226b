"""What __fspath__ raises becomes a ValueError.

Breaks: back-fspath-error-passes-through
"""
import os

from correct import built


def fspath(path):
    try:
        return os.fspath(path)
    except TypeError:
        raise
    except BaseException as error:
        raise ValueError('no path: %s' % error)


source_from_cache = built('source_from_cache', fspath=fspath)
