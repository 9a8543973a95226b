"""The extension is cut off with os.path.splitext, for which a leading dot starts none.

Breaks: path-leading-dot-is-dropped, path-last-dot-ends-the-name, path-extension-is-not-read
"""
import os

from correct import built


def tagged(name, tag):
    base, extension = os.path.splitext(name)
    return base + extension[:1] + tag


cache_from_source = built(tagged=tagged)
