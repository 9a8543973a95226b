"""Times importlib.util.cache_from_source of the Python that runs this file, the function alone.

Takes the path of the adapter, from which it gets values and the interpreter's state. Each line on stdin is a list of
calls. The reply is a line with the seconds that the function took for all of them, and how many calls raised.
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
    state = {name: adapter.value(held) for name, held in call["env"].items()}
    args = [adapter.value(argument) for argument in call["args"]]
    kwargs = {name: adapter.value(argument) for name, argument in call.get("kwargs", {}).items()}
    return state, args, kwargs


def passed(function, calls):
    """The seconds that a pass over calls takes, with the state set before each, and how many calls raised."""
    # Objects that count calls are recreated in each pass.
    ready = [made(call) for call in calls]
    raised = 0
    begun = time.perf_counter()
    for state, args, kwargs in ready:
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
        seconds, raised = passed(importlib.util.cache_from_source, calls)
        without, _ = passed(nothing, calls)
        print(json.dumps([seconds - without, raised]), flush=True)
        del shown[:]
        # The classes of a call's objects form reference cycles.
        gc.collect()


main()
