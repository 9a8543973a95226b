"""The file of a package is named after its folder instead of __init__.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return correct.split(head + '.py') if head and name == '__init__.py' else (head, name)


cache_from_source = built(split=split)
