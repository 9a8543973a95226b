"""Times the functions of importlib.util of the Python that runs this file, without anything around them.

Takes the path of the adapter, from which it gets values and the interpreter's state. Each line on stdin is a list of
calls. The reply is a line with the seconds that they took, and how many of them raised.
"""
import gc
import importlib.util
import json
import sys
import time
import warnings

sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("adapter", sys.argv[1])
adapter = importlib.util.module_from_spec(spec)
spec.loader.exec_module(adapter)

shown = []


def show(message, category, *_, **__):
    shown.append((category, message))


def nothing(*_, **__):
    pass


def made(call):
    function = getattr(importlib.util, call.get("function", "cache_from_source"))
    state = {name: adapter.value(held) for name, held in call["env"].items()}
    args = [adapter.value(argument) for argument in call["args"]]
    kwargs = {name: adapter.value(argument) for name, argument in call.get("kwargs", {}).items()}
    return function, state, args, kwargs


def passed(calls, instead=None):
    """The seconds that a pass over calls takes, with the state set before each, and how many calls raised.

    instead: called in place of each function
    """
    # Objects that count calls are recreated in each pass.
    ready = [(instead or function, *given) for function, *given in map(made, calls)]
    raised = 0
    begun = time.perf_counter()
    for function, state, args, kwargs in ready:
        adapter.set_interpreter(**state)
        try:
            function(*args, **kwargs)
        except BaseException:
            raised += 1
    return time.perf_counter() - begun, raised


def main():
    adapter.start()
    warnings.showwarning = show
    warnings.simplefilter("always")
    gc.disable()
    for line in sys.stdin.buffer:
        calls = json.loads(line.decode("utf-8"))
        seconds, raised = passed(calls)
        without, _ = passed(calls, nothing)
        print(json.dumps([seconds - without, raised]), flush=True)
        del shown[:]
        # The classes of a call's objects form reference cycles.
        gc.collect()


main()
