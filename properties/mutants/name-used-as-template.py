"""The name is part of the template that the cache tag is formatted into, so braces in it are fields.

Breaks: path-characters-pass-unchanged, prefix-working-directory-error-passes-through
"""
from correct import built


def tagged(name, tag):
    base, dot, rest = name.rpartition('.')
    return ((base if base else rest) + dot + '{}').format(tag)


cache_from_source = built(tagged=tagged)
