"""The path is converted through UTF-8, which replaces surrogates with question marks.

Breaks: back-characters-pass-unchanged
"""
from correct import built, cut as correct_cut


def cut(path):
    correct_cut(path)  # bytes fail
    return correct_cut(path.encode('utf-8', 'replace').decode('utf-8'))


source_from_cache = built('source_from_cache', cut=cut)
