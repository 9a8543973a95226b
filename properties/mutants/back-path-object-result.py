"""What is returned is an instance of a subclass of str.

Breaks: back-returns-str
"""
import correct


class Path(str):
    pass


def source_from_cache(path):
    return Path(correct.source_from_cache(path))
