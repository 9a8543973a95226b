"""On Windows each folder loses the dots and spaces at its end, as Windows has it.

Platform: win32
Breaks: windows-names-are-not-checked
"""
import re

import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    return re.sub(r'(?<=[^\\/:. ])[. ]+(?=[\\/]|$)', '', head), name


cache_from_source = built(split=split)
