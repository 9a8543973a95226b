"""The name of the cache folder is compared without regard to case.

Breaks: back-other-folder-raises
"""
from correct import built, split, without_folder as correct_folder


def without_folder(head, path):
    parent, folder = split(head)
    return parent if folder.lower() == '__pycache__' else correct_folder(head, path)


source_from_cache = built('source_from_cache', without_folder=without_folder)
