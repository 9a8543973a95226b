"""A relative directory starts at the working directory also where there is no prefix.

Breaks: prefix-none-changes-nothing
"""
import correct
from correct import absolute, built


def within(head, file):
    return correct.within(absolute(head), file)


cache_from_source = built(within=within)
