"""Runs an adapter with a mutant in place of importlib.util.cache_from_source or source_from_cache.

    python run.py [--python 3.8.0] [--platform win32] MUTANT.py ADAPTER.py [ARGUMENT ...]

The mutant claims the release and the platform that are told here, or that its docstring has in lines such as
`Python: 3.8.0` and `Platform: win32`; or those of the interpreter that runs it, and POSIX.
"""
import argparse
import importlib.util
import os
import re
import runpy
import sys

import claim

OWN_RELEASE = claim.RELEASE
FUNCTIONS = ['cache_from_source', 'source_from_cache']


def options():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--python')
    parser.add_argument('--platform', choices=['posix', 'win32'])
    parser.add_argument('mutant', type=os.path.abspath)
    parser.add_argument('adapter', type=os.path.abspath)
    parser.add_argument('arguments', nargs=argparse.REMAINDER)
    return parser.parse_args()


def claimed(mutant, key):
    """What the docstring of a mutant says after this key, or None."""
    with open(mutant, encoding='utf-8') as source:
        line = re.search('^%s: (.+)$' % key, source.read(), re.MULTILINE)
    return line and line.group(1)


def supported(features):
    """The features that an adapter supports, as far as another release can provide those of the claimed one.

    The messages of CPython differ from release to release, and the alphanumeric characters from series to series.
    """
    if claim.RELEASE == OWN_RELEASE:
        return features
    kept = [one for one in features if one not in ('messages', 'optimization', 'debug_override')]
    if claim.RELEASE[:2] == OWN_RELEASE[:2] and claim.RELEASE >= (3, 5):
        kept.append('optimization')
    if claim.RELEASE < (3, 15):
        kept.append('debug_override')
    return kept


def load_adapter(file):
    adapter = {'__name__': 'adapter', '__file__': file}
    with open(file, 'rb') as source:
        exec(compile(source.read(), file, 'exec', dont_inherit=True), adapter)
    own_hello = adapter['hello']

    def hello():
        reply = own_hello()
        if claim.RELEASE[:2] != OWN_RELEASE[:2]:
            # The levels that a name may have differ between series.
            reply['functions'] = reply['functions'][:1]
        return dict(reply, python='%d.%d.%d' % claim.RELEASE, platform='win32' if claim.WINDOWS else 'posix',
                    supports=supported(reply['supports']))

    adapter['hello'] = hello
    return adapter


def main():
    told = options()
    python = told.python or claimed(told.mutant, 'Python')
    if python:
        claim.RELEASE = tuple(map(int, python.split('.')))
    claim.WINDOWS = (told.platform or claimed(told.mutant, 'Platform')) == 'win32'
    folder = os.path.dirname(os.path.abspath(__file__))
    # Mutants import the pieces of the correct function.
    sys.path.insert(0, folder)
    defined = runpy.run_path(told.mutant)
    for function in FUNCTIONS:
        if function in defined:
            setattr(importlib.util, function, defined[function])
    # The adapter should see what it would see if it ran on its own.
    while folder in sys.path:
        sys.path.remove(folder)
    sys.path.insert(0, os.path.dirname(told.adapter))
    sys.argv = [told.adapter] + told.arguments
    load_adapter(told.adapter)['main']()


if __name__ == '__main__':
    main()
