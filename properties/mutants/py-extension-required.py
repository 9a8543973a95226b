"""A path that does not end in .py is refused.

Breaks: path-empty-gives-the-tag-alone, tag-none-raises, prefix-working-directory-error-passes-through, prefix-short-directory-raises, opt-error-shows-repr
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    if not name.endswith('.py'):
        raise ValueError('{!r} is not a .py file'.format(path))
    return head, name


cache_from_source = built(split=split)
