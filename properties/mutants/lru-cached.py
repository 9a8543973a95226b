"""Results are remembered by their arguments, so a change of the interpreter does not show, and True is 1.

Breaks: tag-read-at-each-call, debug-override-warns, opt-compared-with-none-by-identity, opt-punctuated-texts-raise, tag-none-raises, call-unknown-keyword-raises, call-optimization-is-keyword-only, opt-str-must-give-str, call-argument-given-twice-raises
"""
import functools

from correct import steps


@functools.lru_cache(maxsize=None)
def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization)
