#!/bin/sh
# pytest 9.2.0: whether a test passes under python -OO depends on whether python -O ran it before.
#
# The rewriter keeps the bytecode of a test module in one file for both levels, test_a.cpython-313-pytest-9.2.0.pyo,
# where Python itself uses opt-1 and opt-2. So docstrings, which level 2 removes, are present if the code was compiled
# at level 1.
#
# Seen with CPython 3.11.7 and 3.13.0 on Linux, 2026-11-29:
#
#     python -OO:          1 failed
#     python -O, then -OO: 1 passed
#     one file: test_a.cpython-313-pytest-9.2.0.pyo
#
# Exit code: 0 if this still happens, 1 if it has changed, 2 if it could not be tried.
set -eu
unset PYTHONDONTWRITEBYTECODE PYTHONOPTIMIZE PYTHONPYCACHEPREFIX
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

{ python3 -m venv env && env/bin/pip install --quiet --disable-pip-version-check pytest==9.2.0; } || exit 2

cat > test_a.py <<'END'
def f():
    "a docstring"


def test_docstring():
    if f.__doc__ is None:
        raise ValueError("there is no docstring")
END

run() { { env/bin/python "$1" -m pytest -q -p no:cacheprovider test_a.py || true; } | grep -o '^1 [a-z]*'; }

alone=$(run -OO)
rm -r __pycache__
run -O > first
after=$(run -OO)
files=$(ls __pycache__)

echo "python -OO:          $alone"
echo "python -O, then -OO: $after"
echo "one file: $files"
[ "$alone" = "1 failed" ] && [ "$after" = "1 passed" ] && [ "$(echo "$files" | wc -l)" -eq 1 ] || exit 1
