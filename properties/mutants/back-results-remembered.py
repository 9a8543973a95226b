"""The result of a path is remembered, so a change of the prefix does not show.

Breaks: back-same-result-each-time
"""
import correct

results = {}


def source_from_cache(path):
    try:
        hash(path)
    except TypeError:
        return correct.source_from_cache(path)
    key = type(path), path
    if key not in results:
        results[key] = correct.source_from_cache(path)
    return results[key]
