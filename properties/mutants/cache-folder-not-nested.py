"""A source file that lies in a folder __pycache__ gets no further one.

Breaks: path-cache-folder-beside-source
"""
import correct
from correct import built


def within(head, file):
    head = head.rstrip('/') if head.strip('/') else head
    if correct.split(head)[1] == '__pycache__':
        return head + '/' + file
    return correct.within(head, file)


cache_from_source = built(within=within)
