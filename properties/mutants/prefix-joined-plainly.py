"""On Windows the prefix stays, whatever is put behind it.

Platform: win32
Breaks: windows-drive-as-prefix-stays-relative, windows-drive-name-drops-the-prefix, windows-joins-with-backslash, windows-second-drive-drops-the-prefix, windows-drive-named-again-is-dropped, windows-null-character-raises, path-empty-gives-the-tag-alone
"""
from correct import absolute, built, join_plainly, unrooted


def below(prefix, head, file):
    return join_plainly(prefix, unrooted(absolute(head)), file)


cache_from_source = built(below=below)
