"""On Windows a directory that starts with a drive counts as absolute, with or without a root.

Python: 3.8.0
Platform: win32
Breaks: windows-prefix-drive-without-root-becomes-a-folder
"""
import re

import correct
from correct import built


def is_absolute(path):
    return re.match('[A-Za-z]:', path) or correct.is_absolute(path)


cache_from_source = built(is_absolute=is_absolute)
