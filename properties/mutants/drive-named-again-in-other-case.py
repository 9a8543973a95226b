"""On Windows a drive that is named again counts as another beside its cache folder, where its case differs.

Platform: win32
Breaks: windows-drive-named-again-is-dropped
"""
import correct
from correct import built


def within(head, file):
    one, other = head[:2], file[:2]
    differ = one[1:] == other[1:] == ':' and one != other and one.casefold() == other.casefold()
    return file if differ else correct.within(head, file)


cache_from_source = built(within=within)
