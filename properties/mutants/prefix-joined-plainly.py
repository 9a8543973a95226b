"""On Windows the prefix stays, whatever is put behind it.

Platform: win32
Breaks: windows-drive-as-prefix-stays-relative, windows-drive-name-drops-the-prefix, prefix-file-name-is-the-same, path-empty-gives-the-tag-alone, windows-joins-with-backslash, windows-null-character-raises, windows-long-paths-raise, windows-second-drive-drops-the-prefix
"""
from correct import absolute, built, join_plainly, unrooted


def below(prefix, head, file):
    return join_plainly(prefix, unrooted(absolute(head)), file)


cache_from_source = built(below=below)
