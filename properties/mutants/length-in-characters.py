"""On Windows the length of a path is counted in characters.

Platform: win32
Breaks: windows-long-paths-raise
"""
from correct import built

cache_from_source = built(units=len)
