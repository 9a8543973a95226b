"""On Windows a reserved name is refused.

Platform: win32
Breaks: windows-names-are-not-checked
"""
import re

import correct
from correct import built


def split(path):
    head, name = correct.split(path)
    if re.match(r'(con|prn|aux|nul|com\d|lpt\d)(\.|$)', name, re.IGNORECASE):
        raise ValueError('{!r} is reserved'.format(name))
    return head, name


cache_from_source = built(split=split)
