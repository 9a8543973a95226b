"""The name . gets a further dot before the tag, as a name that has none would.

Breaks: path-dots-are-a-name, like-str-subclass-is-accepted
"""
import correct
from correct import built


def tagged(name, tag):
    return name + '.' + tag if name == '.' else correct.tagged(name, tag)


cache_from_source = built(tagged=tagged)
