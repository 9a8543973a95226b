"""On Windows a drive that starts the name goes before the cache folder.

Platform: win32
Breaks: windows-drive-name-drops-the-cache-folder
"""
import correct
from correct import built


def within(head, file):
    if not head and correct.split_root(file)[0].endswith(':'):
        return file[:2] + correct.within('', file[2:])
    return correct.within(head, file)


cache_from_source = built(within=within)
