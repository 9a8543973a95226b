"""A name that starts with its first dot loses it before Python 3.4.3 already.

Python: 3.4.0
Breaks: path-first-dot-ends-the-name
"""
import correct
from correct import built


def tagged(name, tag):
    return name[1:] + '.' + tag if name.rfind('.') == 0 and len(name) > 1 else correct.tagged(name, tag)


cache_from_source = built(tagged=tagged)
