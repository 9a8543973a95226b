"""Before Python 3.5 only what lacks its docstrings too is a .pyo.

Python: 3.4.3
Breaks: debug-decides-the-extension
"""
import sys

from correct import built


def overridden(debug_override, optimization):
    debug = sys.flags.optimize < 2 if debug_override is None else debug_override
    return '.pyc' if debug else '.pyo'


cache_from_source = built(overridden=overridden)
