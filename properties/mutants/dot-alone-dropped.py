"""The directory . of ./b.py is dropped with its separator, as if the whole path had been asked.

Python: 3.13.0
Breaks: prefix-directory-is-not-normalized
"""
import correct
from correct import built


def without_dot(head):
    return '' if head == '.' else correct.without_dot(head)


cache_from_source = built(without_dot=without_dot)
