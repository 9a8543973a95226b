"""The release and the platform that a mutant claims.

Unless run.py sets others, the release is that of the interpreter that runs it, and the platform is POSIX.
"""
import sys

RELEASE = sys.version_info[:3]
WINDOWS = False
