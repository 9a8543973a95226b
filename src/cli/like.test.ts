/* Tests `--like`, which describes how the interpreter is started. */
import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import { readQuestion, type Question } from './question.ts';
import { runCommand } from './testing.ts';
import { readOptions, UsageError } from './usage.ts';

const question = (line: string, ...others: readonly string[]): Question => {
  const { values, given } = readOptions('explain', ['a.py', '--like', line, ...others]);
  return readQuestion(values, given);
};

test('has the level, the prefix and whether bytecode is written, and says what changes nothing', async () => {
  const line = 'PYTHONOPTIMIZE=1 python3.13 -OO -X pycache_prefix=/p -IB a.py -O';
  const { out, err, code } = await runCommand(['path', '/a/b.py', '--json', '--like', line]);
  expect(JSON.parse(out)).toEqual({
    path: '/a/b.py',
    result: '/p/a/b.cpython-313.opt-2.pyc',
    written: false,
    level: 2,
    prefix: '/p',
    tag: 'cpython-313',
  });
  expect(err.split('\n')).toEqual([
    'pycache-spec: PYTHONOPTIMIZE=1 has no effect: -I ignores the environment.',
    'pycache-spec: imports write no bytecode: sys.dont_write_bytecode is true.',
    '',
  ]);
  expect(code).toBe(0);
});

test('adds nothing to what is printed where it is not given', async () => {
  const { out, err } = await runCommand(['path', 'a.py', '--json', '--python-version', '3.13']);
  expect(out).toBe('{"path":"a.py","result":"__pycache__/a.cpython-313.pyc"}\n');
  expect(err).toBe('');
});

test('is explained as what separate options tell', async () => {
  const { out } = await runCommand(['explain', 'a.py', '--json', '--like', 'pypy3.11 -O']);
  expect(JSON.parse(out)).toMatchObject({
    interpreter: { version: '3.11.2', cache_tag: 'pypy311', optimize: 1, pycache_prefix: null },
    result: '__pycache__/a.pypy311.opt-1.pyc',
    written: true,
    level: 1,
    prefix: null,
    tag: 'pypy311',
  });
});

test.each([
  ['python3.13 -O', [], 'cpython-313', 1n],
  ['/usr/bin/python3.6m -OO', [], 'cpython-36', 2n],
  ['PYTHONOPTIMIZE=0 python -OO', ['--python-version', '3.9'], 'cpython-39', 2n],
  ['python3.13 -O', ['--python-version', '3.9'], 'cpython-39', 1n],
  ['PYTHONOPTIMIZE=0 pypy3', ['--python-version', '3.9'], 'pypy39', 1n],
  ['pypy3.10', ['--cache-tag', 'pypy310'], 'pypy310', 0n],
  ['python3.13', ['--implementation', 'cpython'], 'cpython-313', 0n],
  ['PythonOptimize=2 python3.13', ['--platform', 'win32'], 'cpython-313', 2n],
  ['PythonOptimize=2 python3.13', [], 'cpython-313', 0n],
])('%s with %j has the tag %s and level %s', (line, others, tag, level) => {
  const { state } = question(line, ...others);
  expect([state.cacheTag?.units, state.optimize]).toEqual([tag, level]);
});

test.each([
  ["python3.13 'a", [], /^--like: the single quote before a is not closed$/],
  ['A=1', [], /^--like: there is no program after the assignments$/],
  ['env python3.13', [], /^--like: 'env' is not the name of a Python, such as python3\.13 or pypy3\.11$/],
  [
    'python3 -O',
    [],
    /^--like: the name 'python3' contains no release: write a name such as python3\.13, or give/,
  ],
  ['pypy3 -O', [], /write a name such as pypy3\.11, or give it with --python-version$/],
  ['python2.7', [], /^Python 2\.7 is older than 3\.4\.0/],
  ['pypy3.10', [], /^the tag of PyPy is known for Python /],
  ['graalpy3.12 -O', [], /^--like: how GraalPy handles its options is not specified/],
  ['python3.13 -o', [], /^--like: there is no option -o; did you mean -O\?$/],
  ['python3.13 -Z', [], /^--like: there is no option -Z$/],
  ['python3.13 -O2', [], /^--like: -O2: there is no option -2, and levels are written -O and -OO$/],
  ['python3.10 -P', [], /^--like: there is no option -P$/],
  ['python3.13 --check-hash-based-pyc never', [], /; did you mean --check-hash-based-pycs\?$/],
  ['python3.13 --check-hash-based-pycs a.py', [], / takes default, always or never, not 'a\.py'$/],
  ['python3.13 -X', [], /^--like: -X has no value$/],
  [
    'python3.13 -V',
    [],
    /^--like: with -V the interpreter prints something about itself and runs no program$/,
  ],
  [
    'python3.13',
    ['--optimize', '0'],
    /--optimize cannot be combined with it; write the setting into its value$/,
  ],
  ['python3.13', ['--pycache-prefix', '/p'], /--pycache-prefix cannot be combined with it/],
  ['python3.13', ['--implementation', 'pypy'], /^--like starts CPython: --implementation pypy cannot/],
])('%s with %j is refused', (line, others, message) => {
  expect(() => question(line, ...others)).toThrow(UsageError);
  expect(() => question(line, ...others)).toThrow(message);
});

test('tells of what is nearly a setting, and changes nothing else', async () => {
  const line = 'PYTHONOPTIMISE=2 PYTHONPATH=/x python3.12 -X pycache-prefix=/q -X dev';
  const { out, err } = await runCommand(['path', 'a.py', '--like', line]);
  expect(out).toBe('__pycache__/a.cpython-312.pyc\n');
  expect(err.split('\n')).toEqual([
    'pycache-spec: PYTHONOPTIMISE does not affect the path; PYTHONOPTIMIZE would.',
    'pycache-spec: -X pycache-prefix=/q does not affect the path; pycache_prefix would.',
    '',
  ]);
});

test('is one value', () => {
  expect(() => explain.run(['a.py', '--like', 'python3.13', '--like', 'python3.12'])).toThrow(
    '--like is given twice, but takes only one value',
  );
});
