"""A source file that lies in a folder __pycache__ gets no further one.

Breaks: path-cache-folder-beside-source
"""
import correct
from correct import steps


def within(head, file):
    head = head.rstrip('/') if head.strip('/') else head
    if correct.split(head)[1] == '__pycache__':
        return head + '/' + file
    return correct.within(head, file)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, within=within)
