"""The path is decoded as part of an address, so %41 is A.

Breaks: path-characters-pass-unchanged
"""
from urllib.parse import unquote

import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return unquote(head, errors='surrogatepass') if '%' in head else head, name


cache_from_source = built(split=split)
