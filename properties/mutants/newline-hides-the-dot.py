"""A regular expression cuts the name, whose point matches no newline.

Breaks: path-characters-pass-unchanged
"""
import re

import correct
from correct import built


def tagged(name, tag):
    return correct.tagged(name, tag) if re.fullmatch(r'.*\.[^.]*', name) else name.replace('.', '') + tag


cache_from_source = built(tagged=tagged)
