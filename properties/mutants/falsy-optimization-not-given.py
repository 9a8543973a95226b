"""A false optimization, such as '' or 0, counts as none given, so the interpreter's level takes its place.

Breaks: debug-ignores-interpreter-level, opt-given-ignores-interpreter-level, opt-punctuated-texts-raise, opt-str-error-passes-through, opt-float-by-its-repr, opt-compared-with-none-by-identity, path-name-without-dot-is-glued-to-tag, opt-zero-adds-a-segment
"""
import correct
from correct import built


def text_of(optimization):
    return correct.text_of(optimization if optimization else None)


cache_from_source = built(text_of=text_of)
