"""Once there was no cache tag, there is none ever after.

Breaks: tag-read-at-each-call
"""
import correct
from correct import built

seen = []


def cache_tag():
    if not seen:
        try:
            return correct.cache_tag()
        except NotImplementedError as error:
            seen.append(error)
    raise NotImplementedError(*seen[0].args)


cache_from_source = built(cache_tag=cache_tag)
