"""A source that does not exist raises FileNotFoundError.

Breaks: back-file-need-not-exist
"""
import os

import correct


def source_from_cache(path):
    source = correct.source_from_cache(path)
    if '\0' in source or not os.path.exists(source.encode('utf-8', 'replace')):
        raise FileNotFoundError(2, 'No such file or directory', source)
    return source
