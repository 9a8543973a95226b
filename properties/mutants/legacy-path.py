"""The bytecode file lies beside its source and without a tag, as it did before Python 3.2.

Breaks: path-cache-folder-beside-source, path-without-directory, tag-follows-the-name
"""
from correct import steps


def tagged(name, tag):
    base, _, rest = name.rpartition('.')
    return base if base else rest


def within(head, file):
    return head.rstrip('/') + '/' + file if head else file


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, tagged=tagged, within=within)
