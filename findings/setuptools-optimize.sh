#!/bin/sh
# setuptools 84.2.1: build_py --compile --optimize=2 writes a file named for level 2 that holds the code of level 0.
#
# m.cpython-313.opt-2.pyc is identical, byte for byte, to m.cpython-313.pyc. setuptools uses the level for the name but
# not for compiling, which uses the level of the process. So python -OO, which finds the file, runs asserts and keeps
# docstrings; without the file it would do neither.
#
# Seen with CPython 3.11.7 and 3.13.0 on Linux, 2026-11-29; the last two lines are the results of python -OO:
#
#     the same bytes: build/lib/__pycache__/m.cpython-313.pyc build/lib/__pycache__/m.cpython-313.opt-2.pyc
#     as setuptools compiled it: docstring 'kept', AssertionError
#     as compileall -o 2 does:   docstring None, no error
#
# Exit code: 0 if this still happens, 1 if it has changed, 2 if it could not be tried.
set -eu
unset PYTHONDONTWRITEBYTECODE PYTHONOPTIMIZE PYTHONPYCACHEPREFIX
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

{ python3 -m venv env && env/bin/pip install --quiet --disable-pip-version-check setuptools==84.2.1; } || exit 2

cat > setup.py <<'END'
from setuptools import setup

setup(name="m", version="1", py_modules=["m"])
END
cat > m.py <<'END'
def f():
    "kept"
    assert False
END
env/bin/python setup.py --quiet build_py --compile --optimize=2

cat > ask.py <<'END'
import sys

sys.path.insert(0, "build/lib")
import m

try:
    m.f()
    came = "no error"
except AssertionError:
    came = "AssertionError"
print("docstring %r, %s" % (m.f.__doc__, came))
END

set -- build/lib/__pycache__/m.*.pyc
same=different
if [ $# -eq 2 ] && cmp -s "$1" "$2"; then same="the same bytes: $2 $1"; fi
compiled=$(env/bin/python -OO ask.py)
env/bin/python -m compileall -q -f -o 2 build/lib
wanted=$(env/bin/python -OO ask.py)

echo "$same"
echo "as setuptools compiled it: $compiled"
echo "as compileall -o 2 does:   $wanted"
case $same in different) exit 1 ;; esac
[ "$compiled" = "docstring 'kept', AssertionError" ] && [ "$wanted" = "docstring None, no error" ] || exit 1
