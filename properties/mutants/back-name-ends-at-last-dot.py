"""The name of the source ends at the last dot.

Breaks: back-name-ends-at-first-dot
"""
from correct import built


def source_name(name):
    return name.rpartition('.')[0] + '.py'


source_from_cache = built('source_from_cache', source_name=source_name)
