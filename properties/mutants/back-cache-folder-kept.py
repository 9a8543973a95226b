"""The cache folder stays.

Breaks: back-cache-folder-is-dropped
"""
from correct import built, without_folder as correct_folder


def without_folder(head, path):
    correct_folder(head, path)
    return head


source_from_cache = built('source_from_cache', without_folder=without_folder)
