"""pycache-spec adapter for importlib.util.cache_from_source and source_from_cache of the Python that runs it.

Speaks the adapter protocol (spec/protocol.md) on stdin and stdout. Standard library only, Python 3.4 or later. To check
another function, assign it to importlib.util.cache_from_source or source_from_cache, then run this file: only the
replaced function is then checked.

Peculiarities of the Python that runs this file should show only in the checked function. So conversions here use code
points and small integers where they can. No exception raised by a call ends the adapter.
"""
import builtins
import importlib.util
import json
import math
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

FUNCTIONS = ["cache_from_source", "source_from_cache"]


def functions():
    """The functions that were replaced; both if neither was."""
    machinery = sys.modules.get("_frozen_importlib_external") or sys.modules["_frozen_importlib"]
    replaced = [name for name in FUNCTIONS
                if getattr(importlib.util, name, None) is not getattr(machinery, name, None)]
    return replaced or [name for name in FUNCTIONS if hasattr(importlib.util, name)]


# Texts and numbers

# The characters that JSON writes as themselves.
PLAIN = frozenset(map(chr, range(0x20, 0x7f)))
# Integers with this many digits are below any limit.
FEW = 18
HEX = "0123456789abcdef"


def text(encoded):
    return encoded if isinstance(encoded, str) else "".join(map(chr, encoded["str"]))


def encode_text(string):
    """The content of a str, without calling methods of a subclass."""
    if PLAIN.issuperset(str.__iter__(string)):
        return string if type(string) is str else "".join(str.__iter__(string))
    return {"str": list(map(ord, str.__iter__(string)))}


def parse_int(digits):
    """int(digits), for any number of digits."""
    if digits.startswith("-"):
        return -parse_int(digits[1:])
    if len(digits) <= FEW:
        return int(digits)
    half = len(digits) // 2
    return parse_int(digits[:-half]) * 10 ** half + parse_int(digits[-half:])


def int_text(number):
    """str(number), for any number of digits."""
    if number < 0:
        return "-" + int_text(-number)
    if number < 10 ** FEW:
        return str(number)
    # Twenty bits are about six digits.
    half = number.bit_length() * 3 // 20
    upper, lower = divmod(number, 10 ** half)
    return int_text(upper) + int_text(lower).rjust(half, "0")


def float_text(number):
    """repr(number)"""
    if number != number:
        return "nan"
    if math.copysign(1.0, number) < 0:
        return "-" + float_text(-number)
    if number in (0.0, float("inf")):
        return "inf" if number else "0.0"
    digits, point = shortest_digits(number)
    if -4 < point <= 16:
        digits = "0" * (1 - point) + digits
        point = max(point, 1)
        return digits[:point].ljust(point, "0") + "." + (digits[point:] or "0")
    fraction = "." + digits[1:] if digits[1:] else ""
    return digits[0] + fraction + "e" + ("-" if point < 1 else "+") + str(abs(point - 1)).rjust(2, "0")


def shortest_digits(number):
    """The shortest digits that identify a positive float, and how many of them precede the decimal point."""
    top, bottom = number.as_integer_ratio()
    point = 0
    while top >= bottom * 10 ** point:
        point += 1
    while point < 1 and top * 10 ** (1 - point) < bottom:
        point -= 1
    for count in range(1, 18):
        place = point - count
        above, below = top * 10 ** max(-place, 0), bottom * 10 ** max(place, 0)
        digits = str((2 * above + below) // (2 * below))
        if float(digits + "e" + str(place)) == number:
            break
    return digits.rstrip("0"), point + len(digits) - count


# The classes that a call's values describe

def method(answer):
    """A function that behaves as the answer says, whatever its arguments."""
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
    found = getattr(builtins, name, None)
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
    # A message may contain the module of a class, which should not be this file's.
    return type(name, bases, dict(members, __module__="__main__"))


def value(encoded):
    """The Python value that an encoding describes."""
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
        return bytes(int(content[at:at + 2], 16) for at in range(0, len(content), 2))
    if kind == "list":
        return [value(item) for item in content]
    if kind == "tuple":
        return tuple(value(item) for item in content)
    if kind == "path":
        return make_class("PathLike", (), {"__fspath__": method(content)})()
    if kind == "object":
        return make_object(content)
    raise ValueError("unknown kind of value: " + kind)


# Outcomes

def encode(result):
    kind = type(result)
    if result is None or kind is bool:
        return result
    if kind is str:
        return encode_text(result)
    if kind is int:
        return result if abs(result) < 2 ** 53 else {"int": int_text(result)}
    if kind is float:
        return {"float": float_text(result)}
    if kind is bytes:
        return {"bytes": "".join(HEX[byte >> 4] + HEX[byte & 15] for byte in result)}
    if kind is list:
        return {"list": [encode(item) for item in result]}
    if kind is tuple:
        return {"tuple": [encode(item) for item in result]}
    if issubclass(kind, str):
        return {"object": {"is": encode_text(result)}}
    if issubclass(kind, int):
        return {"object": {"is": encode(int.__add__(result, 0))}}
    return {"object": {"str": encode_text(name_of(kind) + ": " + text_of(result))}}


def encode_result(result):
    """The encoding of a returned value; of its type alone if it is nested too deeply or contains itself."""
    try:
        return encode(result)
    except BaseException:
        return {"object": {"str": name_of(type(result))}}


class_name = type.__dict__["__name__"].__get__


def name_of(kind):
    """A class's own name, even if its metaclass defines another."""
    return without_surrogates(class_name(kind))


def without_surrogates(string):
    return "".join(["?" if 0xd800 <= ord(one) < 0xe000 else one for one in str.__iter__(string)])


def text_of(anything):
    """str(anything), or an empty text if that raises."""
    try:
        return "".join(str.__iter__(str(anything)))
    except BaseException:
        return ""


recorded = []


def record(message, category, *_, **__):
    recorded.append({"category": name_of(category), "message": encode_text(text_of(message))})


def outcome(call):
    try:
        function = getattr(importlib.util, call.get("function", "cache_from_source"))
        args = [value(argument) for argument in call["args"]]
        kwargs = {name: value(argument) for name, argument in call.get("kwargs", {}).items()}
        set_interpreter(**{name: value(held) for name, held in call["env"].items()})
    except BaseException as error:
        why = name_of(type(error)) + ": " + without_surrogates(text_of(error))
        return {"error": "could not make what the call wants: " + why}
    del recorded[:]
    try:
        result = function(*args, **kwargs)
    except BaseException as error:
        warned = list(recorded)
        came = {"raise": name_of(type(error)), "message": encode_text(text_of(error))}
    else:
        warned = list(recorded)
        came = {"return": encode_result(result)}
    return dict(came, warnings=warned) if warned else came


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
    """Sets the interpreter's state to what a call requires."""
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
        "functions": functions(),
        "supports": FEATURES,
    }


def start():
    """Prepares this interpreter for calls."""
    try:
        sys.set_int_max_str_digits(4300)
    except BaseException:
        pass  # This Python cannot set the limit.
    # Modules imported from now on must not write bytecode below a call's prefix.
    sys.dont_write_bytecode = True
    # importlib calls getcwd of the system's own module, from which os takes it.
    os.getcwd = sys.modules[os.name].getcwd = getcwd
    warnings.showwarning = record


def reply_to(line):
    """The reply to a request; None for the last one, which has no reply."""
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
    # stdout carries only the protocol, so what the function prints goes to stderr.
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
