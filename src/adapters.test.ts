import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import type { Interpreter } from '../fixtures/interpreters.ts';
import { newest, pypy, testEach, testWith } from '../fixtures/present.ts';
import { anyFloat } from '../properties/inputs/values.ts';
import { adapterPath } from './cli/adapter.ts';
import { encodeValue, toLine, type Json } from './conformance/codec.ts';
import { drawn } from './python/testing.ts';

/** Removes functions whose results could depend on the interpreter. */
const deprived = `
import importlib.util, json, sys
file = sys.argv[1]
adapter = {"__name__": "adapter"}
with open(file, "rb") as source:
    exec(compile(source.read(), file, "exec"), adapter)

def refuse(*_, **__):
    raise AssertionError("the interpreter was asked")

for name in "repr", "ascii", "format", "hex", "hash":
    adapter[name] = refuse
`;

/**
 * The JSON that a Python script prints. In the script, `adapter` holds the names of python.py; its stdin is `given`.
 */
async function tell({ executable }: Interpreter, script: string, given: Json): Promise<Json> {
  const python = ['-I', '-c', deprived + script, adapterPath('python')!];
  const running = promisify(execFile)(executable, python, { maxBuffer: 1 << 26 });
  running.child.stdin?.end(toLine(given));
  return JSON.parse((await running).stdout) as Json;
}

const both = [
  ['CPython', newest],
  ['PyPy', pypy],
] as const;

/** The same test with CPython and with PyPy. */
function testBoth(name: string, body: (interpreter: Interpreter) => Promise<void>): void {
  for (const [part, interpreter] of both) testWith(part, interpreter, name, body);
}

const env = { cache_tag: 'cpython-313', optimize: 0, pycache_prefix: null, cwd: '/w' };

/** The outcomes of calls when other functions replace the checked ones. */
const outcomesOf = (interpreter: Interpreter, functions: string, calls: readonly Json[]): Promise<Json> =>
  tell(
    interpreter,
    `
${functions}
adapter["start"]()
sys.stdout.write(json.dumps(json.loads(adapter["reply_to"](sys.stdin.read().encode("ascii")))["outcomes"]))
`,
    { op: 'call', seq: 7, calls },
  );

const plain = { env, args: ['/a/b.py'] };

describe('values, both ways', () => {
  testEach('come back as they were sent', { andPypy: true }, async (interpreter) => {
    const values: Json[] = [
      ...drawn(anyFloat, 200).map(encodeValue),
      ...['1e16', '1e22', '5e-324', '1e-05', '0.0001', '1.7976931348623157e308', '9007199254740993.0'].map(
        (text) => encodeValue({ kind: 'float', number: Number(text) }),
      ),
      ...[639, 640, 641, 4299, 4300, 4301, 20_000].flatMap((digits) => [
        { int: '9'.repeat(digits) },
        { int: `-1${'0'.repeat(digits)}` },
        { int: `10${'0000000012'.repeat(digits / 3)}` },
      ]),
      { int: '9007199254740992' },
      -(2 ** 53) + 1,
      { str: [0xd801, 0xdc00] },
      { str: [0xdc00, 0xd801, 0x10400, 0x61] },
      { str: [0x7f, 0, 10] },
      'a"\\~ ',
      { bytes: '00ff7f80' },
      { list: [{ tuple: [{ str: [0xd800] }] }, null, true, 1] },
    ];
    const told = await tell(
      interpreter,
      `
limit = getattr(sys, "set_int_max_str_digits", None)
adapter["start"]()
if limit:
    limit(640)
sys.stdout.write(json.dumps([adapter["encode"](adapter["value"](one)) for one in json.load(sys.stdin)]))
`,
      values,
    );
    expect(told).toEqual(values);
  });

  testWith('CPython', newest, 'the methods of a subclass are not asked', async (interpreter) => {
    const told = await outcomesOf(
      interpreter,
      `
class Meta(type):
    @property
    def __name__(self):
        raise SystemExit("the metaclass was asked")

class Text(str, metaclass=Meta):
    __iter__ = __len__ = __str__ = __repr__ = encode = isascii = refuse

class Number(int):
    __str__ = __repr__ = __int__ = __index__ = __abs__ = __lt__ = __neg__ = __add__ = refuse

class Other(metaclass=Meta):
    @property
    def __class__(self):
        raise KeyboardInterrupt
    __str__ = lambda self: chr(0xd800)

class Names(type):
    @property
    def __name__(self):
        return "ValueError"

class Error(Exception, metaclass=Names):
    pass

def answer(path):
    if path == "error":
        raise Error("no")
    return {"text": Text("b.pyc"), "number": Number(2 ** 60), "other": Other()}[path]

importlib.util.cache_from_source = answer
`,
      ['text', 'number', 'other', 'error'].map((path) => ({ env, args: [path] })),
    );
    expect(told).toEqual([
      { return: { object: { is: 'b.pyc' } } },
      { return: { object: { is: { int: String(2n ** 60n) } } } },
      {
        return: { object: { str: { str: [...'Other: '].map((one) => one.codePointAt(0)!).concat(0xd800) } } },
      },
      { raise: 'Error', message: 'no' },
    ]);
  });
});

const raised = ['BaseException', 'KeyboardInterrupt', 'SystemExit', 'GeneratorExit', 'StopIteration'];

describe('no exception ends it', () => {
  testBoth('raised by a value of a call', async (interpreter) => {
    const calls = raised.flatMap((type) => [
      { env, args: ['a.py'], kwargs: { optimization: { object: { str: { raise: type, message: 'x' } } } } },
      plain,
    ]);
    const told = (await outcomesOf(interpreter, '', calls)) as readonly Json[];
    const right = { return: '/a/__pycache__/b.cpython-313.pyc' };
    expect(told).toEqual(raised.flatMap((raise) => [{ raise, message: 'x' }, right]));
  });

  testBoth('raised elsewhere', async (interpreter) => {
    const told = await outcomesOf(
      interpreter,
      `
def make(kind):
    class Bad(UserWarning):
        def __str__(self):
            raise kind("inside")
    return Bad

class Described:
    def __init__(self, kind):
        self.kind = kind
    def __str__(self):
        raise self.kind

def answer(path, kind):
    kind = getattr(__import__("builtins"), kind)
    if path == "returned":
        return Described(kind)
    if path == "raised":
        raise make(kind)
    if path == "warned":
        adapter["record"](make(kind)(), make(kind))
    return path

set_interpreter = adapter["set_interpreter"]

def raising(pycache_prefix, **state):
    if pycache_prefix is not None:
        raise getattr(__import__("builtins"), pycache_prefix)(chr(0xd800) + "bad")
    set_interpreter(pycache_prefix=None, **state)

adapter["set_interpreter"] = raising
importlib.util.cache_from_source = answer
`,
      raised.flatMap((type) => [
        ...['returned', 'raised', 'warned'].map((path) => ({ env, args: [path, type] })),
        { env: { ...env, pycache_prefix: type }, args: ['made', type] },
      ]),
    );
    expect(told).toEqual(
      raised.flatMap((type) => [
        { return: { object: { str: 'Described: ' } } },
        { raise: 'Bad', message: '' },
        { return: 'warned', warnings: [{ category: 'Bad', message: '' }] },
        { error: `could not make what the call wants: ${type}: ?bad` },
      ]),
    );
  });

  testWith('CPython', newest, 'returned values that have no end', async (interpreter) => {
    const told = await outcomesOf(
      interpreter,
      `
def answer(path):
    result = []
    result.append(result)
    return result

importlib.util.cache_from_source = answer
`,
      [plain],
    );
    expect(told).toEqual([{ return: { object: { str: 'list' } } }]);
  });

  testBoth('a limit that cannot be set', async (interpreter) => {
    const told = await outcomesOf(interpreter, 'sys.set_int_max_str_digits = refuse', [
      { ...plain, kwargs: { optimization: 2 } },
    ]);
    expect(told).toEqual([{ return: '/a/__pycache__/b.cpython-313.opt-2.pyc' }]);
  });
});

testBoth('what an object says of itself is no exception of the function', async (interpreter) => {
  const told = await outcomesOf(
    interpreter,
    `
class Odd:
    def __str__(self):
        raise NotImplementedError("sys.implementation.cache_tag is None")

importlib.util.cache_from_source = lambda path: Odd()
`,
    [plain],
  );
  expect(told).toEqual([{ return: { object: { str: 'Odd: ' } } }]);
});
