import { describe, expect, test } from 'vitest';
import { source } from './source.ts';
import { runCommand, type Ended } from './testing.ts';
import { UsageError } from './usage.ts';

const raw = String.raw;
const run = (args: readonly string[], input = ''): Promise<Ended> =>
  runCommand(['source', ...args], { input });

describe('source prints the source of a bytecode file', () => {
  test.each<readonly [string[], string]>([
    [['a/__pycache__/b.cpython-313.opt-2.pyc'], 'a/b.py'],
    [['/p/a/b.cpython-313.pyc', '--pycache-prefix', '/p'], '/a/b.py'],
    [[raw`a\__pycache__\b.pypy311.pyc`, '--platform', 'win32'], raw`a\b.py`],
    [['__pycache__/é.T.pyc', '--cache-tag', 'T'], 'é.py'],
    [['__pycache__/b.cpython-34.pyo', '--python-version', '3.4'], 'b.py'],
  ])('as Python does: %j', async (args, result) => {
    expect(await run(args)).toEqual({ code: 0, out: `${result}\n`, err: '' });
  });

  test('with who writes its name, and what Python answers instead, on stderr', async () => {
    expect(await run(['a/__pycache__/test_b.cpython-313-pytest-9.2.0.pyc'])).toEqual({
      code: 0,
      out: 'a/test_b.py\n',
      err: "pycache-spec: such files are written by pytest 9.2.0; Python raises ValueError: expected only 2 or 3 dots in 'test_b.cpython-313-pytest-9.2.0.pyc'\n",
    });
    expect(await run(['__pycache__/foocpython-313.opt-1.pyc'])).toEqual({
      code: 0,
      out: 'foo\n',
      err: 'pycache-spec: the name of the source has no dot; Python answers foocpython-313.py\n',
    });
  });

  test('of each on stdin, and tells the lines of those that are odd', async () => {
    const lines = ['__pycache__/a.T.pyc', 'a.txt', '__pycache__/m.f-2.py313.nbi'];
    const { code, out, err } = await run(['-'], lines.map((one) => `${one}\n`).join(''));
    expect(out).toBe('a.py\nm.py\n');
    expect(err.match(/line \d/g)).toEqual(['line 2', 'line 3']);
    expect(err).toMatch(
      /line 2: .*; Python raises ValueError: __pycache__ not bottom-level directory in 'a\.txt'$/m,
    );
    expect(code).toBe(1);
  });

  test('with NUL between those on stdin', async () => {
    expect(await run(['-', '-0'], '__pycache__/a\n.T.pyc\0__pycache__/b.T.pyc\0')).toEqual({
      code: 0,
      out: 'a\n.py\0b.py\0',
      err: '',
    });
  });

  test('as JSON, with what Python answers beside it', async () => {
    const { code, out, err } = await run(
      ['-', '--json'],
      '__pycache__/a.cpython-314.pyc\n__pycache__/x.cpython-313.opt-True.pyc\nb.txt\n',
    );
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        path: '__pycache__/a.cpython-314.pyc',
        source: 'a.py',
        python: { result: 'a.py' },
        tag: 'cpython-314',
        isRead: true,
        interpreters: ['CPython 3.14', 'RustPython 3.14'],
        levels: ['0'],
      },
      {
        path: '__pycache__/x.cpython-313.opt-True.pyc',
        source: 'x.py',
        python: { result: 'x.py' },
        writer: 'py_compile.compile(optimize=True)',
        tag: 'cpython-313',
        isRead: false,
        interpreters: ['CPython 3.13'],
        levels: ['True'],
        remark: 'nothing reads it',
      },
      {
        path: 'b.txt',
        python: {
          error: { type: 'ValueError', message: "__pycache__ not bottom-level directory in 'b.txt'" },
        },
        isRead: true,
        interpreters: [],
        levels: [],
        remark: 'it is neither in a cache folder nor below a given prefix',
      },
    ]);
    expect([code, err]).toEqual([1, '']);
  });

  test('without a tag too, and says that Python has no answer then', async () => {
    expect(await run(['__pycache__/a.cpython-313.pyc', '--no-cache-tag'])).toEqual({
      code: 0,
      out: 'a.py\n',
      err: 'pycache-spec: Python raises NotImplementedError: sys.implementation.cache_tag is None\n',
    });
  });
});

describe('wrong usage', () => {
  test.each<readonly [string[], RegExp]>([
    [[], /^source takes a FILE, or - to read them from stdin$/],
    [['-', '-'], /^stdin can be read only once/],
    [['a.pyc', '--cwd', '/'], /^source has no option '--cwd'/],
    [['a.pyc', '--platform', 'vms'], /^'vms' is not a supported platform/],
    [
      ['a.pyc', '--implementation', 'pypy', '--python-version', '3.10'],
      /^the tag of PyPy is known for Python /,
    ],
  ])('%j', async (args, message) => {
    const error: unknown = await source.run(args).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(message);
  });
});
