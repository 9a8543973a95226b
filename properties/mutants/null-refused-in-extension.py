"""On Windows a NUL anywhere in the path is refused, and before all else.

Platform: win32
Breaks: path-extension-is-not-read, windows-long-paths-raise, windows-names-are-not-checked
"""
import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    correct.check(path)
    return head, name


cache_from_source = built(split=split)
