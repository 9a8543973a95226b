"""importlib.util.cache_from_source without a bug, in pieces of which a mutant replaces one.

The steps are those of the interpreter that runs it, in their order, with its messages.
"""
import os
import sys
import warnings

# Since 3.8.10 and 3.9.5 a path is cut with rfind. It shows in the message for bytes alone.
CUT_WITH_RFIND = (3, 8, 10) <= sys.version_info < (3, 9) or sys.version_info >= (3, 9, 5)


def warn(category=DeprecationWarning):
    warnings.warn("the debug_override parameter is deprecated; use 'optimization' instead", category)


def refuse_both(optimization):
    """Fails for an optimization that comes beside a debug override."""
    if optimization is not None:
        raise TypeError('debug_override or optimization must be set to None')


def overridden(debug_override, optimization):
    """The optimization, after the debug override has had its say."""
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override else 1


def split(path):
    """Directory and name. Bytes fail here, as they have no '/'."""
    if not CUT_WITH_RFIND:
        head, _, name = path.rpartition('/')
        return head, name
    end = path.rfind('/')
    return ('', path) if end < 0 else (path[:end], path[end + 1:])


def cache_tag():
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    return tag


def tagged(name, tag):
    """The name with the cache tag in the place of its extension."""
    base, dot, rest = name.rpartition('.')
    return ''.join([base if base else rest, dot, tag])


def text_of(optimization):
    if optimization is None:
        optimization = '' if sys.flags.optimize == 0 else sys.flags.optimize
    return str(optimization)


def segment(text, alphanumeric=str.isalnum):
    # Not ==, which an instance of a subclass may answer for itself.
    if text != '':
        if not alphanumeric(text):
            raise ValueError('{!r} is not alphanumeric'.format(text))
        return '.opt-{}'.format(text)
    return ''


def within(head, file):
    """The file, in the cache folder of a directory."""
    folder = head.rstrip('/') + '/__pycache__/' if head else '__pycache__/'
    return folder + file


def steps(path, debug_override, optimization, *, overridden=overridden, fspath=os.fspath, split=split,
          cache_tag=cache_tag, tagged=tagged, text_of=text_of, segment=segment, within=within):
    optimization = overridden(debug_override, optimization)
    head, name = split(fspath(path))
    file = tagged(name, cache_tag())
    file += segment(text_of(optimization)) + '.pyc'
    return within(head, file)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization)
