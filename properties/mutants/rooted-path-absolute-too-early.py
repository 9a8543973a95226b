"""On Windows a directory that starts with a separator counts as absolute before Python 3.8.10 already.

Python: 3.8.0
Platform: win32
Breaks: windows-prefix-rooted-path-is-relative, prefix-working-directory-error-passes-through
"""
import correct
from correct import built


def is_absolute(path):
    return path.startswith(('\\', '/')) or correct.is_absolute(path)


cache_from_source = built(is_absolute=is_absolute)
