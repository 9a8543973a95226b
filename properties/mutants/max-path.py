"""On Windows a path may be of 259 characters at most.

Platform: win32
Breaks: windows-long-paths-raise
"""
from correct import built

cache_from_source = built(LONGEST=259)
