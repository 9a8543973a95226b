"""Results are remembered by their arguments, so a change of the interpreter does not show, and True is 1.

Breaks: call-same-result-each-time, tag-read-at-each-call, opt-none-reads-interpreter-level
"""
import functools

from correct import steps


@functools.lru_cache(maxsize=None)
def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization)
