r"""On Windows \\?\UNC\server\share is the folder server\share below a prefix, as \\server\share is.

Platform: win32
Breaks: windows-prefix-shares-become-folders
"""
import re

import correct
from correct import built


def unrooted(head):
    return correct.unrooted(re.sub(r'^[\\/]{2}\?[\\/]unc[\\/]', r'\\\\', head, flags=re.IGNORECASE))


cache_from_source = built(unrooted=unrooted)
