"""The source has no extension.

Breaks: back-source-ends-in-py
"""
from correct import built


def source_name(name):
    return name.partition('.')[0]


source_from_cache = built('source_from_cache', source_name=source_name)
