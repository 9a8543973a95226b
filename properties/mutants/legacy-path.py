"""The bytecode file lies beside its source and without a tag, as it did before Python 3.2.

Breaks: tag-follows-the-name, path-without-directory, path-last-dot-ends-the-name
"""
from correct import built


def tagged(name, tag):
    base, _, rest = name.rpartition('.')
    return base if base else rest


def within(head, file):
    return head.rstrip('/') + '/' + file if head else file


cache_from_source = built(tagged=tagged, within=within)
