"""On Windows the slash of a leading ./ or ../ turns.

Platform: win32
Breaks: windows-separators-inside-stay
"""
import re

import correct
from correct import built


def within(head, file):
    return correct.within(re.sub(r'^(\.\.?)/', r'\1\\', head), file)


cache_from_source = built(within=within)
