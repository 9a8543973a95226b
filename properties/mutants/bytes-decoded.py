"""A path of bytes is decoded with os.fsdecode.

Breaks: like-bytes-raise
"""
import os

from correct import built


cache_from_source = built(fspath=os.fsdecode)
