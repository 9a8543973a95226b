"""The path is converted with str(), so that everything is one, and __fspath__ is not asked.

Breaks: like-other-types-raise, order-path-before-tag, like-fspath-gives-the-path, like-bytes-raise, like-fspath-error-passes-through, like-str-subclass-is-accepted
"""
from correct import built


cache_from_source = built(fspath=str)
