"""On Windows a drive that starts the name is part of it, as it was before Python 3.8.10.

Platform: win32
Breaks: windows-prefix-drops-the-drive, windows-prefix-rooted-path-starts-at-the-drive, windows-drive-name-drops-the-cache-folder, windows-null-character-raises, windows-long-paths-raise, path-empty-gives-the-tag-alone
"""
from correct import built, join


def join_directories(*parts):
    folder = join(*parts[:-1])
    return folder + ('' if not folder or folder.endswith(('\\', ':')) else '\\') + parts[-1]


cache_from_source = built(join=join_directories)
