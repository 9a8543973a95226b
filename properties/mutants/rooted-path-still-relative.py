"""On Windows a directory that starts with a separator is still put behind the working directory.

Platform: win32
Breaks: windows-prefix-rooted-path-starts-at-the-drive
"""
from correct import built, getcwd, is_absolute, join, join_plainly, without_dot


def absolute(head):
    if is_absolute(head):
        return head
    return (join_plainly if head.startswith(('\\', '/')) else join)(getcwd(), without_dot(head))


cache_from_source = built(absolute=absolute)
