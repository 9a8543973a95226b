"""What one would write instead of a suite: a differential test of importlib.util.cache_from_source with Hypothesis.

Takes the paths of mutants. Compares each with the function of the Python that runs this file, in this process. Prints a
line of JSON for each: its path, whether a difference was found, and the seconds until then or until the last example.
"""
import importlib.util
import json
import os
import runpy
import sys
import time
import warnings

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

names = st.text(max_size=20)
paths = st.one_of(
    st.text(),
    st.lists(names, min_size=1, max_size=4).map("/".join),
    st.builds("{}/{}.py".format, names, names),
    st.builds("/{}/{}.{}".format, names, names, names),
)
optimizations = st.one_of(st.none(), st.just(""), st.integers(-1, 3), st.booleans(), st.text(max_size=5))
overrides = st.sampled_from([None, None, None, False, True])
prefixes = st.one_of(st.none(), st.text(max_size=10), st.builds("/{}".format, names))


def outcome(function, path, override, optimization, prefix):
    sys.pycache_prefix = prefix
    try:
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("always")
            return function(path, override, optimization=optimization)
    except Exception as error:
        return type(error), str(error)
    finally:
        sys.pycache_prefix = None


def seconds_to_find(mutant):
    own = importlib.util.cache_from_source
    other = runpy.run_path(mutant)["cache_from_source"]

    # Only the time to find a difference matters, so nothing is shrunk.
    @settings(max_examples=1000, database=None, deadline=None, derandomize=True, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(st.tuples(paths, overrides, optimizations, prefixes))
    def agrees(call):
        assert outcome(own, *call) == outcome(other, *call)

    begun = time.perf_counter()
    try:
        agrees()
        found = False
    except AssertionError:
        found = True
    return found, time.perf_counter() - begun


sys.path.insert(0, os.path.dirname(sys.argv[1]))
for file in sys.argv[1:]:
    found, seconds = seconds_to_find(file)
    print(json.dumps({"file": file, "found": found, "seconds": seconds}), flush=True)
