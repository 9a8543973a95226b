"""The path goes through PurePosixPath, which keeps the root and drops trailing slashes and dots.

Breaks: path-directory-is-not-normalized, path-root-is-lost, path-trailing-slash-leaves-an-empty-name
"""
import os
import pathlib

from correct import cache_tag, overridden, segment, split, tagged, text_of


def cache_from_source(path, debug_override=None, *, optimization=None):
    optimization = overridden(debug_override, optimization)
    path = os.fspath(path)
    split(path)  # bytes fail
    # The slice is a str itself: some releases would ask a subclass for its __str__.
    source = pathlib.PurePosixPath(path[:])
    file = tagged(source.name, cache_tag()) + segment(text_of(optimization)) + '.pyc'
    return str(source.parent / '__pycache__' / file)
