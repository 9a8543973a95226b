"""On Windows a directory that starts with a separator counts as absolute, and loses the share of the
working directory.

Platform: win32
Breaks: windows-prefix-rooted-path-starts-at-the-drive
Alone: windows-prefix-rooted-path-starts-at-the-drive
"""
import correct
from correct import built


def is_absolute(path):
    return path.startswith(('\\', '/')) or correct.is_absolute(path)


cache_from_source = built(is_absolute=is_absolute)
