"""Text is held in UTF-16, so a high and a low surrogate that meet become one character.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import built


def within(head, file):
    units = correct.within(head, file).encode('utf-16-le', 'surrogatepass')
    return units.decode('utf-16-le', 'surrogatepass')


cache_from_source = built(within=within)
