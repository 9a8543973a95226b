"""On Windows the separator after a root stays as it was written.

Platform: win32
Breaks: windows-separator-after-root-turns, path-trailing-slash-leaves-an-empty-name
"""
import correct
from correct import built, split_root


def within(head, file):
    placed = correct.within(head, file)
    root, rest = split_root(head)
    return root + placed[len(root):] if rest and root.endswith('/') else placed


cache_from_source = built(within=within)
