"""The method __str__ is called as any method, and what it returns is converted in turn.

Breaks: opt-str-must-give-str
"""
import correct
from correct import built


def text_of(optimization):
    if type(optimization).__name__ == 'Object' and '__str__' in vars(type(optimization)):
        answer = type(optimization).__str__(optimization)
        return answer if isinstance(answer, str) else '%s' % (answer,)
    return correct.text_of(optimization)


cache_from_source = built(text_of=text_of)
