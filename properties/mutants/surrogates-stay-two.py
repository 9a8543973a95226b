"""On Windows surrogates are never joined.

Platform: win32
Breaks: windows-surrogates-become-one
"""
from correct import built


def through_utf_16(text):
    return text


cache_from_source = built(through_utf_16=through_utf_16)
