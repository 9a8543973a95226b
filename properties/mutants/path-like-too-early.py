"""Path-like objects are accepted before Python 3.6 already.

Python: 3.5.0
Breaks: like-only-text-before-path-like
"""
import os

from correct import built

cache_from_source = built(fspath=os.fspath)
