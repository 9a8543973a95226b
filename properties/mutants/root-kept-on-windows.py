"""On Windows a file in the root has its cache folder there.

Platform: win32
Breaks: windows-root-is-lost, windows-drive-name-drops-the-cache-folder
"""
from correct import built, cache_tag, ending, fspath, overridden, placed, pycache_prefix, split, tagged


def steps(path, debug_override=None, optimization=None):
    chosen = overridden(debug_override, optimization)
    path = fspath(path)
    head, name = split(path)
    result = placed(head, tagged(name, cache_tag()) + ending(chosen))
    in_root = head == '' and len(name) < len(path) and pycache_prefix() is None
    return '\\' + result if in_root and name[1:2] != ':' else result


cache_from_source = built(steps=steps)
