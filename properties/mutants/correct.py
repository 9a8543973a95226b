"""importlib.util.cache_from_source and source_from_cache without a bug, in pieces. A mutant replaces one piece.

The steps and their order follow the release and the platform that claim.py names. The messages are those of the
interpreter that runs this.
"""
import os
import re
import sys
import types
import warnings

from claim import RELEASE, WINDOWS


def since(*firsts):
    """Whether the release has a change that was first made in these releases, one for each series."""
    own = [first for first in firsts if first[:2] == RELEASE[:2]]
    return RELEASE >= (own or firsts)[-1]


HAS_OPTIMIZATION = since((3, 5, 0))
HAS_PREFIX = since((3, 8, 0))
HAS_ROOTS = since((3, 8, 10), (3, 9, 5), (3, 10, 0))
ASKS_WINDOWS = since((3, 9, 5), (3, 10, 0))

# The separators. The first one joins.
SEPARATORS = '\\/' if WINDOWS else '/'


# The arguments

def warn(category=DeprecationWarning):
    warnings.warn("the debug_override parameter is deprecated; use 'optimization' instead", category)


def refuse_both(optimization):
    """Raises if both a debug override and an optimization are given."""
    if optimization is not None:
        raise TypeError('debug_override or optimization must be set to None')


def overridden(debug_override, optimization):
    """The optimization that results from both arguments. Before 3.5, the extension itself."""
    if not HAS_OPTIMIZATION:
        debug = sys.flags.optimize == 0 if debug_override is None else debug_override
        return '.pyc' if debug else '.pyo'
    if debug_override is None:
        return optimization
    warn()
    refuse_both(optimization)
    return '' if debug_override else 1


def fspath(path):
    return os.fspath(path) if since((3, 6, 0)) else path


# The name

def split(path):
    """Splits a path into directory and name. Raises for bytes, which have no '/'."""
    if HAS_ROOTS:
        end = max(path.rfind(separator) for separator in SEPARATORS)
        return ('', path) if end < 0 else (path[:end], path[end + 1:])
    if not WINDOWS:
        head, _, name = path.rpartition('/')
        return head, name
    last = next((element for element in reversed(path) if element in SEPARATORS), None)
    if last is not None:
        return path.rsplit(last, 1)
    path.rpartition('.')  # an empty value that is not a str fails here
    return '', path


def cache_tag():
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    return tag


def tagged(name, tag):
    """The name, with the cache tag in place of its extension."""
    if not since((3, 4, 3)):
        base, dot, _ = name.partition('.')
        return base + dot + tag
    base, dot, rest = name.rpartition('.')
    return ''.join([base if base else rest, dot, tag])


def text_of(optimization):
    if optimization is None:
        optimization = '' if sys.flags.optimize == 0 else sys.flags.optimize
    return str(optimization)


def segment(text, alphanumeric=str.isalnum):
    # Not ==, which an instance of a subclass may override.
    if text != '':
        if not alphanumeric(text):
            raise ValueError('{!r} is not alphanumeric'.format(text))
        return '.opt-{}'.format(text)
    return ''


def ending(chosen):
    """What follows the cache tag in the file name."""
    return segment(text_of(chosen)) + '.pyc' if HAS_OPTIMIZATION else chosen


# The place

def within(head, file):
    """The path of the file in the cache folder of a directory."""
    return join(head, '__pycache__', file)


def pycache_prefix():
    return sys.pycache_prefix if HAS_PREFIX else None


def below(prefix, head, file):
    """The path of the file below the prefix, in a copy of the source's directory tree."""
    return join(prefix, unrooted(absolute(head)), file)


def unrooted(head):
    """An absolute directory without its drive and its leading separators."""
    if len(head) < 2 and not since((3, 13, 8), (3, 14, 1), (3, 15, 0)):
        raise IndexError('string index out of range')
    if head[1:2] == ':' and head[0] not in SEPARATORS:
        head = head[2:]
    return head.lstrip(SEPARATORS)


def absolute(head):
    if is_absolute(head):
        return head
    return join(getcwd(), without_dot(head) if since((3, 12, 0)) else head)


def without_dot(head):
    """A relative directory without a leading ./"""
    for separator in SEPARATORS:
        if head.startswith('.' + separator):
            head = head[2:]
    return head


def getcwd():
    return os.getcwd()


def placed(head, file):
    prefix = pycache_prefix()
    return within(head, file) if prefix is None else below(prefix, head, file)


# Paths

def is_absolute(path):
    if not HAS_ROOTS:
        return path.startswith(SEPARATORS) or path[1:3] in {':' + separator for separator in SEPARATORS}
    if not WINDOWS:
        return path.startswith('/')
    root = split_root(path)[0].replace('/', '\\')
    return len(root) > 1 and (root.startswith('\\\\') or root.endswith('\\'))


def join(*parts):
    return join_by_roots(*parts) if WINDOWS and HAS_ROOTS else join_plainly(*parts)


def join_plainly(*parts):
    return SEPARATORS[0].join(part.rstrip(SEPARATORS) for part in parts if part)


def join_by_roots(*parts):
    """Joins parts. A part with its own root discards the parts before it, unless only the drive is given and is the same."""
    root, tails = '', []
    for own, tail in map(split_root, parts):
        if own and (own[0] in SEPARATORS or own[-1] in SEPARATORS):
            root, tails = own.rstrip(SEPARATORS) or root, ['\\' + tail]
        elif own.endswith(':') and not same_drive(own, root):
            root, tails = own, [tail]
        else:
            tails.append(tail)
    joined = [tail.rstrip(SEPARATORS) for tail in tails if tail]
    return root + ('\\' if joined == [''] else '\\'.join(joined))


def same_drive(one, other):
    return one.casefold() == other.casefold()


# The root of a path on Windows, whose separators are backslashes. A path that starts with \\? may have none.
VOLUME = r'Volume\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}'
VERBATIM = r'\\\\\?\\(?:UNC\\[^\\]*\\?[^\\]*\\?|%s\\?|[a-z]:\\?)' % VOLUME
SHARE = r'\\\\(?!\?)[^\\]*(?:\\(?!\\)[^\\]*\\?|\\)?'
SEPARATOR = r'\\(?!\\\?)'
DRIVE = r'[a-z]:\\?'
ANY_DRIVE = '[\0-\uffff]:\\\\?'
OF_ASCII = re.ASCII | re.IGNORECASE


def root_patterns():
    """Patterns for the root of a path. The first match counts."""
    return ([] if ASKS_WINDOWS else [ANY_DRIVE]) + [VERBATIM, SHARE, SEPARATOR, DRIVE]


def split_root(path):
    """Splits a path into its root and the rest, as Windows does."""
    wide = through_utf_16(path)
    check(path)
    root = re.match('|'.join(root_patterns()), wide.replace('/', '\\'), OF_ASCII)
    return (wide[:root.end()], wide[root.end():]) if root else ('', path)


# The longest path that Windows accepts.
LONGEST = 32767


def check(path):
    """Raises for what Windows does not accept as a path."""
    if units(path) > LONGEST:
        raise ValueError('_path_splitroot: path too long for Windows')
    if '\0' in path:
        raise ValueError('_path_splitroot: embedded null character in path')


def units(text):
    """The length in UTF-16."""
    return len(text) if text.isascii() else len(text.encode('utf-16-le', 'surrogatepass')) // 2


def through_utf_16(text):
    """Replaces each pair of surrogates with the character that it encodes."""
    if text.isascii():
        return text
    return text.encode('utf-16-le', 'surrogatepass').decode('utf-16-le', 'surrogatepass')


# source_from_cache

def take_whole(path):
    """Whether this is a sequence in which old releases find no separator on Windows."""
    return (WINDOWS and not HAS_ROOTS and not isinstance(path, str)
            and not any(element in SEPARATORS for element in reversed(path)))


def cut(path):
    """Splits the path of a bytecode file into directory and name."""
    return ('', '') if take_whole(path) else split(path)


def without_prefix(prefix, head):
    """What follows the prefix in a directory below it; None if the directory is not below it."""
    stripped = prefix.rstrip(SEPARATORS)
    return head[len(stripped):] if head.startswith(stripped + SEPARATORS[0]) else None


def without_folder(head, path):
    """The directory that contains a cache folder. Raises if it is not a cache folder."""
    parent, folder = split(head)
    if folder != '__pycache__':
        raise ValueError('__pycache__ not bottom-level directory in {!r}'.format(path))
    return parent


def source_directory(head, path):
    prefix = pycache_prefix()
    kept = None if prefix is None else without_prefix(prefix, head)
    return without_folder(head, path) if kept is None else kept


def check_dots(name):
    if name.count('.') not in ((2, 3) if HAS_OPTIMIZATION else (2,)):
        raise ValueError('expected only {} dots in {!r}'.format('2 or 3' if HAS_OPTIMIZATION else 2, name))


def check_level(segment, alphanumeric=str.isalnum):
    if not alphanumeric(segment[len('opt-'):]):
        raise ValueError('optimization level {!r} is not an alphanumeric value'.format(segment))


def check_segment(segment):
    if not segment.startswith('opt-'):
        raise ValueError("optimization portion of filename does not start with 'opt-'")
    check_level(segment)


def check_name(name):
    check_dots(name)
    if name.count('.') == 3:
        check_segment(name.split('.')[2])


def source_name(name):
    return name.partition('.')[0] + '.py'


# The functions

def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    head, name = split(fspath(path))
    file = tagged(name, cache_tag())
    file += ending(chosen)
    return placed(head, file)


if not HAS_OPTIMIZATION:
    def cache_from_source(path, debug_override=None):
        return steps(path, debug_override)
elif since((3, 15, 0)):
    def cache_from_source(path, *, optimization=None):
        return steps(path, optimization=optimization)
else:
    def cache_from_source(path, debug_override=None, *, optimization=None):
        return steps(path, debug_override, optimization)


def source_from_cache(path):
    cache_tag()
    path = fspath(path)
    head, name = cut(path)
    kept = source_directory(head, path)
    check_name(name)
    return join(kept, source_name(name))


def built(function='cache_from_source', **pieces):
    """A function with these pieces in place of the correct ones."""
    names = dict(globals())
    for name, piece in globals().items():
        if isinstance(piece, types.FunctionType):
            names[name] = types.FunctionType(piece.__code__, names, name, piece.__defaults__)
            names[name].__kwdefaults__ = piece.__kwdefaults__
    names.update(pieces)
    return names[function]
