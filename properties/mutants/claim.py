"""The release and the platform that a mutant claims to be of.

They are those of the interpreter that runs it, on POSIX, unless run.py is told otherwise.
"""
import sys

RELEASE = sys.version_info[:3]
WINDOWS = False
