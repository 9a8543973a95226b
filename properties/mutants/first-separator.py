"""The path is cut at its first separator.

Breaks: path-splits-at-last-separator, prefix-absolute-source-needs-no-working-directory, path-trailing-slash-leaves-an-empty-name, path-name-without-dot-is-glued-to-tag, prefix-short-directory-raises, prefix-relative-stays-relative, path-root-of-slashes-is-one
"""
import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    head, slash, name = path.partition('/')
    return (head, name) if slash else ('', path)


cache_from_source = built(split=split)
