"""Integers are written out however many digits they have, past the interpreter's limit.

Breaks: opt-integer-past-the-digit-limit-raises
"""
import sys

from correct import steps, text_of


def unlimited(optimization):
    if not hasattr(sys, 'set_int_max_str_digits'):
        return text_of(optimization)
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return text_of(optimization)
    finally:
        sys.set_int_max_str_digits(limit)


def cache_from_source(path, debug_override=None, *, optimization=None):
    return steps(path, debug_override, optimization, text_of=unlimited)
