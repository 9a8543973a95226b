"""The path of a file URL is used without the scheme.

Breaks: path-backslash-and-colon-are-characters
"""
import correct
from correct import built


def fspath(path):
    path = correct.fspath(path)
    return path[len('file://'):] if isinstance(path, str) and path.startswith('file://') else path


cache_from_source = built(fspath=fspath)
