"""What stands behind the third position is ignored, and then the third too.

Breaks: call-optimization-is-keyword-only
"""
import correct


def cache_from_source(*args, **kwargs):
    return correct.cache_from_source(*args[:2 if len(args) > 3 else 3], **kwargs)
