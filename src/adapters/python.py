"""pycache-spec adapter for importlib.util.cache_from_source of the Python that runs it.

Speaks the adapter protocol (spec/protocol.md) on stdin and stdout. Standard library only, Python 3.4 or later.
To check another function, put it in the place of importlib.util.cache_from_source, then run this file.
"""
import importlib.util
import json
import os
import sys
import types
import warnings

FEATURES = ["path_like", "pycache_prefix", "cache_tag", "optimize", "cwd",
            "removed_cwd", "warnings", "python_calls", "objects", "values"]
if sys.version_info >= (3, 5):
    FEATURES.append("optimization")
if sys.version_info < (3, 15):
    FEATURES.append("debug_override")
if sys.implementation.name == "cpython":
    FEATURES.append("messages")


# The classes that a call's values describe

def method(answer):
    """A function that does what the answer says, whatever it is called with."""
    if isinstance(answer, dict) and "raise" in answer:
        kind = exception_type(answer["raise"])
        arguments = (text(answer["message"]),) if "message" in answer else ()

        def raises(*_):
            raise kind(*arguments)
        return raises
    if isinstance(answer, dict) and "sequence" in answer:
        rest = [method(one) for one in answer["sequence"]]

        def next_answer(*_):
            return (rest.pop(0) if len(rest) > 1 else rest[0])()
        return next_answer
    result = value(answer)
    return lambda *_: result


def exception_type(name):
    found = getattr(__builtins__, name, None) if not isinstance(__builtins__, dict) else __builtins__.get(name)
    if isinstance(found, type) and issubclass(found, BaseException):
        return found
    return type(name, (Exception,), {})


METHODS = {"str": "__str__", "bool": "__bool__", "eq": "__eq__"}


def make_object(fields):
    held = value(fields["is"]) if "is" in fields else None
    members = {METHODS[name]: method(answer) for name, answer in fields.items() if name in METHODS}
    if held is None:
        return make_class("Object", (), members)()
    return make_class("Object", (type(held),), members)(held)


def make_class(name, bases, members):
    # A message may name the module of a class, but not this one.
    return type(name, bases, dict(members, __module__="__main__"))


def text(encoded):
    return encoded if isinstance(encoded, str) else "".join(map(chr, encoded["str"]))


def value(encoded):
    """The Python value of its encoding."""
    if not isinstance(encoded, dict):
        return encoded
    (kind, content), = encoded.items()
    if kind == "str":
        return text(encoded)
    if kind == "int":
        return parse_int(content)
    if kind == "float":
        return float(content)
    if kind == "bytes":
        return bytes.fromhex(content)
    if kind == "list":
        return [value(item) for item in content]
    if kind == "tuple":
        return tuple(value(item) for item in content)
    if kind == "path":
        return make_class("PathLike", (), {"__fspath__": method(content)})()
    if kind == "object":
        return make_object(content)
    raise ValueError("unknown kind of value: %r" % kind)


def parse_int(digits, chunk=4000):
    """int(digits), however many there are."""
    if digits.startswith("-"):
        return -parse_int(digits[1:])
    number = 0
    for start in range(0, len(digits), chunk):
        part = digits[start:start + chunk]
        number = number * 10 ** len(part) + int(part)
    return number


# What comes back

def encode_text(string):
    string = "".join(string)
    try:
        string.encode("utf-8")
        return string
    except UnicodeEncodeError:
        return {"str": [ord(character) for character in string]}


def encode(result):
    kind = type(result)
    if result is None or kind is bool:
        return result
    if kind is str:
        return encode_text(result)
    if kind is int:
        return result if abs(result) < 2 ** 53 else {"int": "%d" % result}
    if kind is float:
        return {"float": repr(result)}
    if kind is bytes:
        return {"bytes": "".join("%02x" % byte for byte in result)}
    if kind is list:
        return {"list": [encode(item) for item in result]}
    if kind is tuple:
        return {"tuple": [encode(item) for item in result]}
    if isinstance(result, str):
        return {"object": {"is": encode_text(str.__str__(result))}}
    return {"object": {"str": encode_text("%s: %s" % (kind.__name__, result))}}


def text_of(error):
    try:
        return str(error)
    except Exception:
        return ""


recorded = []


def record(message, category, *_, **__):
    recorded.append({"category": category.__name__, "message": encode_text(str(message))})


def outcome(call):
    try:
        args = [value(argument) for argument in call["args"]]
        kwargs = {name: value(argument) for name, argument in call.get("kwargs", {}).items()}
        state = {name: value(held) for name, held in call["env"].items()}
    except Exception as error:
        return {"error": "could not make the call's values: %r" % error}
    set_interpreter(**state)
    del recorded[:]
    try:
        result = {"return": encode(importlib.util.cache_from_source(*args, **kwargs))}
    except BaseException as error:
        result = {"raise": type(error).__name__, "message": encode_text(text_of(error))}
    if recorded:
        result["warnings"] = list(recorded)
    return result


# The interpreter's state

real_flags = {name: getattr(sys.flags, name) for name in dir(sys.flags) if not name.startswith("_")}
made_flags = {}


def flags_with(optimize):
    if optimize not in made_flags:
        made_flags[optimize] = types.SimpleNamespace(**dict(real_flags, optimize=optimize))
    return made_flags[optimize]


working_directory = None


def getcwd():
    if working_directory is None:
        raise FileNotFoundError(2, "No such file or directory")
    return working_directory


def set_interpreter(cache_tag, optimize, pycache_prefix=None, cwd="/"):
    """Makes this interpreter hold what a call wants."""
    global working_directory
    sys.implementation.cache_tag = cache_tag
    sys.flags = flags_with(optimize)
    sys.pycache_prefix = pycache_prefix
    working_directory = cwd


def hello():
    implementation = sys.implementation
    own = getattr(sys, "pypy_version_info", None) or implementation.version
    return {
        "protocol": 1,
        "implementation": {"name": implementation.name, "version": "%d.%d.%d" % tuple(own[:3]),
                           "language": "Python"},
        "python": "%d.%d.%d" % sys.version_info[:3],
        "platform": "win32" if os.name == "nt" else "posix",
        "supports": FEATURES,
    }


def start():
    """Makes this interpreter ready for calls."""
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(4300)
    # No module that is imported from now on leaves its bytecode below a call's prefix.
    sys.dont_write_bytecode = True
    # os has it from the module of the system's own calls, which importlib asks.
    os.getcwd = sys.modules[os.name].getcwd = getcwd
    warnings.showwarning = record


def reply_to(line):
    """The text that replies to a request; None to the last one, which has no reply."""
    request = json.loads(line.decode("utf-8"))
    if request["op"] == "bye":
        return None
    if request["op"] == "hello":
        return json.dumps(hello())
    warnings.simplefilter("always")
    return json.dumps({"seq": request["seq"], "outcomes": [outcome(call) for call in request["calls"]]})


def main():
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    # What the function prints goes to stderr: stdout carries the protocol alone.
    os.dup2(2, 1)
    start()
    for line in requests:
        reply = reply_to(line)
        if reply is None:
            break
        replies.write(reply.encode("ascii") + b"\n")
        replies.flush()


if __name__ == "__main__":
    main()
