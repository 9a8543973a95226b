"""A path that does not end in .py is refused.

Breaks: path-extension-is-not-read, path-name-without-dot-is-glued-to-tag, path-empty-gives-the-tag-alone
"""
import correct
from correct import steps


def split(path):
    head, name = correct.split(path)
    if not name.endswith('.py'):
        raise ValueError('{!r} is not a .py file'.format(path))
    return head, name


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, split=split)
