"""On Windows a path may be of any length.

Platform: win32
Breaks: windows-long-paths-raise
"""
from correct import built

cache_from_source = built(LONGEST=float('inf'))
