"""On Windows a prefix that is a drive alone gets its root.

Platform: win32
Breaks: windows-drive-as-prefix-stays-relative, path-empty-gives-the-tag-alone
"""
import correct
from correct import built


def below(prefix, head, file):
    return correct.below(prefix + '\\' if prefix[1:] == ':' else prefix, head, file)


cache_from_source = built(below=below)
