"""Results are remembered by their arguments, so a change of the interpreter does not show, and True is 1.

Breaks: tag-read-at-each-call, debug-override-warns, opt-compared-with-none-by-identity
"""
import functools

from correct import steps


@functools.lru_cache(maxsize=None)
def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization)
