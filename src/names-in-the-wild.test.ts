/* Tests the names that tools write, and what the tools and Python mean by them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { named, type Named } from './names-in-the-wild.ts';
import { plainState, type Platform } from './python/interpreter.ts';
import { str, type Str } from './python/text.ts';
import { answer, everyTarget, type Target } from './reference.ts';

const raw = String.raw;

function nameOf(
  path: string,
  { platform = 'posix', prefix }: { platform?: Platform; prefix?: string } = {},
): Named {
  const target: Target = { version: [3, 13, 0], platform };
  const state = {
    ...plainState(target.version, platform),
    pycachePrefix: prefix === undefined ? null : str(prefix),
  };
  return named(str(path), state, target);
}

const answered = ({ python }: Named): string =>
  python.kind === 'return' ? (python.value as Str).units : `${python.type}: ${python.message?.units}`;

const tag = 'cpython-313';
const hex = '0123456789abcdef'.repeat(2);
const noFolder = 'ValueError: __pycache__ not bottom-level directory';
const noOpt = 'ValueError: optimization portion';
const dots = 'ValueError: expected only 2 or 3 dots';

describe('a name in a cache folder', () => {
  test.each<readonly [name: string, source: string | undefined, python: string, writer: string | undefined]>([
    [`a.${tag}.pyc`, 'a.py', 'd/a.py', undefined],
    [`a.${tag}.opt-2.pyc`, 'a.py', 'd/a.py', undefined],
    ['a.pypy311.pyc', 'a.py', 'd/a.py', undefined],
    // An unknown tag is accepted too.
    ['a.T.pyc', 'a.py', 'd/a.py', undefined],
    [`test_x.${tag}-pytest-9.2.0.pyc`, 'test_x.py', dots, 'pytest 9.2.0'],
    [`test_x.${tag}-pytest-9.pyc`, 'test_x.py', 'd/test_x.py', 'pytest 9'],
    [`test_x.${tag}-pytest-9.2.pyc`, 'test_x.py', noOpt, 'pytest 9.2'],
    [`test_x.${tag}-pytest-9.2.0.dev1+g0.pyo`, 'test_x.py', dots, 'pytest 9.2.0.dev1+g0'],
    ['test_a.None-pytest-9.2.0.pyc', 'test_a.py', dots, 'pytest 9.2.0'],
    [`a.${tag}.opt-typeguard461.pyc`, 'a.py', 'd/a.py', 'typeguard'],
    [`a.${tag}.opt-jaxtyping10${hex}.pyc`, 'a.py', 'd/a.py', 'jaxtyping'],
    [`a.${tag}.opt-jaxtyping100.pyc`, 'a.py', 'd/a.py', 'jaxtyping'],
    [`a.${tag}.opt-beartype0v23v1.pyc`, 'a.py', 'd/a.py', 'beartype 0.23.1'],
    [`x.${tag}.opt-True.pyc`, 'x.py', 'd/x.py', 'py_compile.compile(optimize=True)'],
    ['m.f-2.py313.nbi', 'm.py', noOpt, 'numba'],
    ['m.f-2.py313.1.nbc', 'm.py', dots, 'numba'],
    [`x.${tag}.fixed.pyc`, 'x.py', noOpt, 'marshalparser'],
    [`x.${tag}.pyc.139872`, 'x.py', noOpt, 'an interpreter that was stopped while writing'],
    [`foo.${tag}.opt-1.pyo`, 'foo.py', 'd/foo.py', undefined],
    // The source's name has no dot.
    [`foo${tag}.pyc`, 'foo', dots, undefined],
    [`foo${tag}.opt-1.pyc`, 'foo', `d/foo${tag}.py`, undefined],
    // The source's name has more than one dot.
    [`a.b.${tag}.pyc`, 'a.b.py', noOpt, undefined],
    [`.a.${tag}.opt-1.pyc`, '.a.py', dots, undefined],
    [`a.b.${tag}.opt-typeguard461.pyc`, 'a.b.py', dots, 'typeguard'],
    [`foo.${tag}.opt-.pyc`, undefined, "ValueError: optimization level 'opt-'", undefined],
    ['foo.so', undefined, dots, undefined],
  ])('%s is of %s', (name, source, python, writer) => {
    const found = nameOf(`d/__pycache__/${name}`);
    expect(found.source?.units).toBe(source && `d/${source}`);
    expect(answered(found).slice(0, python.length)).toBe(python);
    expect(found.writer).toBe(writer);
  });

  test.each<readonly [string, string[], string[], boolean]>([
    [`a.${tag}.pyc`, ['cpython 3.13'], ['0'], true],
    ['a.cpython-314.opt-1.pyc', ['cpython 3.14', 'rustpython 3.14'], ['1'], true],
    ['a.pypy39.opt-3.pyc', ['pypy 3.9'], ['3'], true],
    ['a.cpython-34.pyo', ['cpython 3.4'], ['1', '2'], true],
    [`a.${tag}.pyo`, ['cpython 3.13'], ['0'], false],
    [`a.${tag}-pytest-9.2.0.pyo`, ['cpython 3.13'], ['1', '2'], true],
    [`a.${tag}.opt-typeguard461.pyc`, ['cpython 3.13'], ['typeguard461'], true],
    [`a.${tag}.opt-True.pyc`, ['cpython 3.13'], ['True'], false],
    ['m.f-2.py310.nbi', ['cpython 3.10'], [], true],
    ['a.pypy310.pyc', [], ['0'], true],
  ])('%s tells of %j at %j', (name, interpreters, levels, isRead) => {
    const found = nameOf(`__pycache__/${name}`);
    expect(found.interpreters.map(({ implementation, series }) => `${implementation} ${series}`)).toEqual(
      interpreters,
    );
    expect([found.levels, found.isRead]).toEqual([levels, isRead]);
  });

  test('of coconut tells that another source stands behind it', () => {
    const found = nameOf(`a/__coconut_cache__/__pycache__/f.${tag}.pyc`);
    expect([found.source?.units, found.writer]).toEqual(['a/__coconut_cache__/f.py', 'coconut']);
    expect(found.remark).toMatch(/\.coco/);
  });
});

describe('a name elsewhere', () => {
  test.each<readonly [string, string | undefined, string | undefined]>([
    ['a/m.pyc', 'a/m.py', 'compileall -b, PyZipFile, pyc-wheel or pex --compile'],
    ['a/m.n.pyc', 'a/m.n.py', 'compileall -b, PyZipFile, pyc-wheel or pex --compile'],
    ['m.pyo', 'm.py', 'compileall -b of a Python before 3.5, with -O'],
    ['a$py.class', 'a.py', 'Jython'],
    [`a/m.${tag}.pyc`, undefined, undefined],
    ['.pyc', undefined, undefined],
    [`xonsh_script_cache/a_.xsh.${tag}`, undefined, 'xonsh'],
  ])('%s is of %s', (path, source, writer) => {
    const found = nameOf(path);
    expect([found.source?.units, found.writer]).toEqual([source, writer]);
    expect(answered(found).startsWith(noFolder)).toBe(true);
  });
});

describe('below a prefix', () => {
  const prefix = '/p';
  test.each<readonly [string, string, string]>([
    [`/p/a/m.${tag}.pyc`, '/a/m.py', '/a/m.py'],
    [`/p/a/m.${tag}-pytest-9.2.0.pyc`, '/a/m.py', dots],
    [`/q/__pycache__/m.${tag}.pyc`, '/q/m.py', '/q/m.py'],
    // Python takes the cache folder for a folder of the source.
    [`/p/a/__pycache__/m.${tag}.pyc`, '/p/a/m.py', '/a/__pycache__/m.py'],
  ])('%s is of %s', (path, source, python) => {
    const found = nameOf(path, { prefix });
    expect(found.source?.units).toBe(source);
    expect(answered(found).slice(0, python.length)).toBe(python);
  });
});

describe('on Windows', () => {
  test('a drive that lost its root has it', () => {
    const found = nameOf(raw`C:__pycache__\m.cpython-313.pyc`, { platform: 'win32' });
    expect(found.source?.units).toBe(raw`C:\m.py`);
    expect(answered(found).startsWith(noFolder)).toBe(true);
  });

  test('below a prefix the drive is not told', () => {
    const found = nameOf(raw`C:\p\a\m.cpython-313.pyc`, { platform: 'win32', prefix: raw`C:\p` });
    expect(found.source?.units).toBe(raw`\a\m.py`);
    expect(found.remark).toMatch(/does not show the drive/);
  });
});

test('the source of a bytecode file comes back from its name, where Python has no answer too', () => {
  const word = fc.stringMatching(/^[a-z_é𐐀-]{1,4}$/u);
  const name = fc.oneof(
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `${words.join('.')}.py`),
    word.map((one) => `.${one}.py`),
    word,
  );
  const targets = everyTarget().filter(({ version }) => version[1] > 4);
  fc.assert(
    fc.property(
      fc.constantFrom(...targets),
      name,
      fc.constantFrom('', '1', '2'),
      fc.constantFrom(null, 'T+', 'pypy310'),
      (target, name, level, ownTag) => {
        const sep = target.platform === 'posix' ? '/' : '\\';
        const plain = plainState(target.version, target.platform);
        const state = ownTag === null ? plain : { ...plain, cacheTag: str(ownTag) };
        const path = str(`a${sep}${name}`);
        const there = answer({ args: [path], kwargs: [['optimization', str(level)]], state }, target);
        const file = there.kind === 'return' ? (there.value as Str) : str('');
        expect(named(file, state, target).source?.units).toBe(path.units);
      },
    ),
    { numRuns: 500 },
  );
});
