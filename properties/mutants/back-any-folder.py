"""A folder of any name is dropped, and need not be there.

Breaks: back-other-folder-raises, back-first-error-is-raised
"""
from correct import built, split


def without_folder(head, path):
    return split(head)[0]


source_from_cache = built('source_from_cache', without_folder=without_folder)
