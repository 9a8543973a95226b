"""On Windows the longest path that there may be is refused.

Platform: win32
Breaks: windows-long-paths-raise
"""
from correct import LONGEST, built

cache_from_source = built(LONGEST=LONGEST - 1)
