"""A cache folder in the root directory keeps the root.

Breaks: back-root-is-lost
"""
from correct import built, without_folder as correct_folder


def without_folder(head, path):
    return '/' if head == '/__pycache__' else correct_folder(head, path)


source_from_cache = built('source_from_cache', without_folder=without_folder)
