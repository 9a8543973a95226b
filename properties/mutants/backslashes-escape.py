"""A backslash and the letter n in the path are a newline, as echo has it.

Breaks: path-backslash-and-colon-are-characters
"""
import correct
from correct import built


def split(path):
    correct.split(path)  # bytes fail
    return correct.split(path.replace('\\n', '\n'))


cache_from_source = built(split=split)
