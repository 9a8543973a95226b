"""Runs an adapter with a mutant in the place of importlib.util.cache_from_source.

    python run.py MUTANT.py ADAPTER.py [ARGUMENT ...]
"""
import importlib.util
import os
import runpy
import sys


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    mutant, adapter = map(os.path.abspath, sys.argv[1:3])
    folder = os.path.dirname(os.path.abspath(__file__))
    # Mutants import the correct function's pieces.
    sys.path.insert(0, folder)
    importlib.util.cache_from_source = runpy.run_path(mutant)['cache_from_source']
    # What the adapter sees is what it would see if it were run by itself.
    while folder in sys.path:
        sys.path.remove(folder)
    sys.path.insert(0, os.path.dirname(adapter))
    sys.argv = sys.argv[2:]
    runpy.run_path(adapter, run_name='__main__')


if __name__ == '__main__':
    main()
