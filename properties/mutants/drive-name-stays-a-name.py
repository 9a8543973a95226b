"""On Windows a drive that starts the name is part of it, as it was before Python 3.8.10.

Platform: win32
Breaks: windows-prefix-drops-the-drive, windows-prefix-rooted-path-starts-at-the-drive, windows-drive-name-drops-the-cache-folder, prefix-file-name-is-the-same, path-empty-gives-the-tag-alone, windows-null-character-raises, path-name-without-dot-is-glued-to-tag, windows-long-paths-raise
"""
from correct import built, join


def join_directories(*parts):
    folder = join(*parts[:-1])
    return folder + ('' if not folder or folder.endswith(('\\', ':')) else '\\') + parts[-1]


cache_from_source = built(join=join_directories)
