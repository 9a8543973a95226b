"""The interpreter's level is a segment before Python 3.5 already, and every file is a .pyc.

Python: 3.4.3
Breaks: debug-decides-the-extension
"""
import sys

from correct import built


def overridden(debug_override, optimization):
    if debug_override is None:
        return '.opt-%d.pyc' % sys.flags.optimize if sys.flags.optimize else '.pyc'
    return '.pyc' if debug_override else '.opt-1.pyc'


cache_from_source = built(overridden=overridden)
