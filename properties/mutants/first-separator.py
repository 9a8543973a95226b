"""The path is cut at its first separator.

Breaks: path-splits-at-last-separator, path-trailing-slash-leaves-an-empty-name, prefix-absolute-source-needs-no-working-directory, prefix-short-directory-raises, path-cache-folder-beside-source, prefix-replaces-the-cache-folder, path-last-dot-ends-the-name
"""
import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    head, slash, name = path.partition('/')
    return (head, name) if slash else ('', path)


cache_from_source = built(split=split)
