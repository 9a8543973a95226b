"""Separators that repeat become one, anywhere in the path.

Breaks: path-directory-is-not-normalized, path-root-of-slashes-is-one, prefix-short-directory-raises, prefix-separators-at-the-start-are-dropped, prefix-leading-dot-is-dropped-once
"""
import re

import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    return correct.split(re.sub('//+', '/', path))


cache_from_source = built(split=split)
