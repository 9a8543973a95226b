"""A path that does not end in .py is refused.

Breaks: path-name-without-dot-is-glued-to-tag
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    if not name.endswith('.py'):
        raise ValueError('{!r} is not a .py file'.format(path))
    return head, name


cache_from_source = built(split=split)
