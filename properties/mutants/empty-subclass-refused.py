"""Only a str itself is asked whether it is empty.

Breaks: opt-str-method-decides
"""
import correct
from correct import built


def shows(value):
    """Whether its class has a __str__ of its own."""
    return '__str__' in vars(type(value))


def text_of(optimization):
    inherits = isinstance(optimization, str) and type(optimization) is not str and not shows(optimization)
    if inherits and not optimization:
        raise ValueError("'' is not alphanumeric")
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
