"""The signs for kelvin, ohm and angstrom become the letters that they look like, as some file systems do.

Breaks: path-characters-pass-unchanged
"""
import correct
from correct import built

LETTERS = str.maketrans('\u212a\u2126\u212b', 'K\u03a9\u00c5')


def split(path):
    head, name = correct.split(path)
    return head.translate(LETTERS), name.translate(LETTERS)


cache_from_source = built(split=split)
