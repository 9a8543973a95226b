"""On Windows the path goes through ntpath.normcase.

Platform: win32
Breaks: path-cache-folder-beside-source, windows-separators-inside-stay, path-last-dot-ends-the-name, path-name-without-dot-is-glued-to-tag, windows-names-are-not-checked
"""
import ntpath

import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return ntpath.normcase(head), name.lower()


cache_from_source = built(split=split)
