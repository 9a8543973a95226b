"""Below a prefix every directory is joined to the working directory, which an absolute one then drops.

Breaks: prefix-absolute-source-needs-no-working-directory
"""
import correct
from correct import built, getcwd


def absolute(head):
    getcwd()
    return correct.absolute(head)


cache_from_source = built(absolute=absolute)
