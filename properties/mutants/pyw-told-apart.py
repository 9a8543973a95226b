"""The file of a .pyw is told apart from that of a .py.

Breaks: opt-empty-adds-no-segment
"""
import correct
from correct import built


def tagged(name, tag):
    return correct.tagged(name, tag) + ('.w' if name.endswith('.pyw') else '')


cache_from_source = built(tagged=tagged)
