"""The parameter has another name.

Breaks: back-path-by-keyword
"""
import correct


def source_from_cache(filename):
    return correct.source_from_cache(filename)
