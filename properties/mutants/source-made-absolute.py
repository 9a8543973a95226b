"""Below a prefix the source is made absolute with os.path.abspath, which tidies it.

Breaks: prefix-directory-is-not-normalized
"""
import os

from correct import built

cache_from_source = built(absolute=os.path.abspath)
