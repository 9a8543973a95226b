"""Each call warns that the function is deprecated.

Breaks: back-warns-of-nothing
"""
import warnings

import correct


def source_from_cache(path):
    result = correct.source_from_cache(path)
    warnings.warn('source_from_cache is deprecated', DeprecationWarning)
    return result
