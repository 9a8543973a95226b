"""On Windows a directory that starts with a drive counts as absolute, with or without a root.

Platform: win32
Breaks: windows-prefix-completes-the-same-drive-only
"""
import re

import correct
from correct import built


def is_absolute(path):
    return re.match('[A-Za-z]:', path) or correct.is_absolute(path)


cache_from_source = built(is_absolute=is_absolute)
