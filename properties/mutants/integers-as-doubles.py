"""An integer goes through a float, so beyond 2**53 its digits change.

Breaks: opt-integer-by-its-digits, opt-integer-past-the-digit-limit-raises, opt-error-shows-repr
"""
import correct
from correct import built


def text_of(optimization):
    if type(optimization) is int:
        optimization = int(float(optimization))
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
