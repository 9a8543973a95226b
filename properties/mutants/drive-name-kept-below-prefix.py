"""On Windows a name that starts with a drive stays below the prefix.

Platform: win32
Breaks: windows-drive-name-drops-the-prefix, windows-drive-named-again-is-dropped
"""
import re

import correct
from correct import absolute, built, join_plainly, unrooted


def below(prefix, head, file):
    if re.match('[A-Za-z]:', file):
        return join_plainly(prefix, unrooted(absolute(head)), file)
    return correct.below(prefix, head, file)


cache_from_source = built(below=below)
