"""On Windows a directory that starts with a separator counts as absolute, and loses the share of the
working directory.

Platform: win32
Breaks: windows-prefix-rooted-path-starts-at-the-drive, prefix-directory-is-not-normalized, prefix-working-directory-error-passes-through
"""
import correct
from correct import built


def is_absolute(path):
    return path.startswith(('\\', '/')) or correct.is_absolute(path)


cache_from_source = built(is_absolute=is_absolute)
