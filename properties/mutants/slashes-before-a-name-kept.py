"""Separators that repeat before a name all stay, where there is a directory and a name.

Breaks: path-slashes-before-name-collapse
"""
import correct
from correct import built


def within(head, file):
    named = not file.startswith(correct.cache_tag())
    return head + '/__pycache__/' + file if head.strip('/') and named else correct.within(head, file)


cache_from_source = built(within=within)
