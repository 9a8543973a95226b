#!/bin/sh
# rpm 4.18.0, as Debian 12 packages it: brp-python-bytecompile compiles nothing for Python 3.10 and newer, and exits
# with 0. Fedora now has its own script; other distributions get the one from rpm.
#
# It looks for folders named python[0-9].[0-9], which does not match /usr/lib/python3.13. Modules in it are packaged
# without bytecode, and there is no message. Files outside such folders are compiled if the script is told to.
#
# Seen with CPython 3.11.7 and 3.13.0 on Linux, 2026-11-29:
#
#     exit code 0, bytecode for usr/lib/python3.13/m.py: 0 files
#     exit code 0, bytecode for usr/share/m/m.py: 2 files
#
# Exit code: 0 if this still happens, 1 if it has changed, 2 if it could not be tried.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

apt-get -qq download rpm=4.18.0+dfsg-1+deb12u1 2> errors || { cat errors; exit 2; }
dpkg-deb --extract rpm_*.deb rpm

python=$(python3 -c 'import sys; print(sys.executable)')
tried() { # the module's folder; whether to compile files outside Python's own folders
  mkdir -p "root$1/$2"
  echo 'x = 1' > "root$1/$2/m.py"
  code=0
  RPM_BUILD_ROOT="$folder/root$1" bash rpm/usr/lib/rpm/brp-python-bytecompile "$python" 1 "$3" > log 2>&1 || code=$?
  echo "exit code $code, bytecode for $2/m.py: $(find "root$1" -name '*.pyc' | wc -l) files"
}

library=$(tried 1 usr/lib/python3.13 '')
share=$(tried 2 usr/share/m 1)
echo "$library"
echo "$share"
[ "$library" = "exit code 0, bytecode for usr/lib/python3.13/m.py: 0 files" ] || exit 1
[ "$share" = "exit code 0, bytecode for usr/share/m/m.py: 2 files" ] || exit 1
