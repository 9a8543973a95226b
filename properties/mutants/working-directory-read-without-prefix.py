"""The working directory is asked for where there is no prefix.

Breaks: prefix-none-changes-nothing
"""
import correct
from correct import built, getcwd


def within(head, file):
    getcwd()
    return correct.within(head, file)


cache_from_source = built(within=within)
