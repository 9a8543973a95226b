"""The file of a .pyw is told apart from that of a .py.

Breaks: path-extension-is-not-read
Alone: path-extension-is-not-read
"""
import correct
from correct import built


def tagged(name, tag):
    return correct.tagged(name, tag) + ('.w' if name.endswith('.pyw') else '')


cache_from_source = built(tagged=tagged)
