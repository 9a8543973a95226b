"""The path is converted with str(), so that everything is one, and __fspath__ is not asked.

Breaks: like-other-types-raise, like-fspath-gives-the-path, like-str-method-makes-no-path
"""
from correct import built


cache_from_source = built(fspath=str)
