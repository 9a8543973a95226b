"""The debug override warns although the arguments do not fit.

Breaks: order-call-before-warning
"""
import inspect

import correct
from correct import warn

SIGNATURE = inspect.signature(correct.cache_from_source)


def cache_from_source(*args, **kwargs):
    try:
        SIGNATURE.bind(*args, **kwargs)
    except TypeError:
        if kwargs.get('debug_override', args[1] if len(args) > 1 else None) is not None:
            warn()
    return correct.cache_from_source(*args, **kwargs)
