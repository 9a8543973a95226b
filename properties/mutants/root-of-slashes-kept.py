"""Of a root that is written with several slashes all are kept.

Breaks: path-root-of-slashes-is-one
"""
import correct
from correct import built


def within(head, file):
    return head + '/__pycache__/' + file if head and not head.strip('/') else correct.within(head, file)


cache_from_source = built(within=within)
