"""Integers are written out however many digits they have, past the interpreter's limit.

Breaks: opt-integer-past-the-digit-limit-raises
"""
import sys

from correct import built, text_of


def unlimited(optimization):
    if not hasattr(sys, 'set_int_max_str_digits'):
        return text_of(optimization)
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return text_of(optimization)
    finally:
        sys.set_int_max_str_digits(limit)


cache_from_source = built(text_of=unlimited)
