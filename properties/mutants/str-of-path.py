"""The path is converted with str(), so that everything is one, and __fspath__ is not asked.

Breaks: like-fspath-gives-the-path, like-other-types-raise, order-path-before-tag, like-fspath-must-give-str, like-fspath-error-passes-through, prefix-is-read-last, like-bytes-raise, like-str-subclass-is-accepted
"""
from correct import built


cache_from_source = built(fspath=str)
