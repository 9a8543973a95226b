"""Text is held in UTF-16, so a high and a low surrogate that meet become one character.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import steps


def within(head, file):
    units = correct.within(head, file).encode('utf-16-le', 'surrogatepass')
    return units.decode('utf-16-le', 'surrogatepass')


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, within=within)
