import { describe, expect, test } from 'vitest';
import { bytecodeFiles, everySeries, sharing, type BytecodeFile, type Wanted } from './bytecode-files.ts';
import { knownSeries, parseRelease } from './python/releases.ts';
import { implementations, tags } from './python/tags.ts';
import { str } from './python/text.ts';

const plain: Wanted = {
  platform: 'posix',
  implementations,
  versions: everySeries(implementations),
  levels: ['0', '1', '2'],
  pycachePrefix: null,
  cwd: null,
};
const only = (series: string, more: Partial<Wanted> = {}): Wanted => ({
  ...plain,
  versions: [parseRelease(series)!],
  ...more,
});
const filesOf = (source: string, wanted: Wanted): readonly BytecodeFile[] =>
  bytecodeFiles(str(source), wanted).files;
const paths = (source: string, wanted: Wanted): string[] =>
  filesOf(source, wanted).map(({ path }) => path.units);

describe('the files of a source', () => {
  test('are of every tag and level, and beside it', () => {
    const all = paths('a/b.py', plain);
    expect(new Set(all).size).toBe(all.length);
    for (const { tag } of tags) expect(all).toContain(`a/__pycache__/b.${tag}.pyc`);
    const optimized = tags.filter(({ tag }) => tag !== 'cpython-34' && !tag.startsWith('graalpy'));
    for (const { tag } of optimized) {
      expect(all).toContain(`a/__pycache__/b.${tag}.opt-1.pyc`);
      expect(all).toContain(`a/__pycache__/b.${tag}.opt-2.pyc`);
    }
    expect(all).toEqual(expect.arrayContaining(['a/__pycache__/b.cpython-34.pyo', 'a/b.pyc', 'a/b.pyo']));
    // Tags that two implementations share are counted once.
    expect(all).toHaveLength(new Set(tags.map(({ tag }) => tag)).size + 2 * (optimized.length - 1) + 3);
  });

  test('are those of the releases, implementations and levels that are wanted', () => {
    expect(paths('b.py', only('3.12'))).toEqual([
      '__pycache__/b.cpython-312.pyc',
      '__pycache__/b.cpython-312.opt-1.pyc',
      '__pycache__/b.cpython-312.opt-2.pyc',
      '__pycache__/b.graalpy250-312.pyc',
      'b.pyc',
    ]);
    expect(paths('b.py', only('3.11', { implementations: ['pypy'], levels: ['3', 'x'] }))).toEqual([
      '__pycache__/b.pypy311.opt-3.pyc',
      '__pycache__/b.pypy311.opt-x.pyc',
      'b.pyc',
    ]);
    expect(paths('b.py', only('3.10', { implementations: ['pypy'] }))).toEqual(['b.pyc']);
    expect(paths('b.py', only('3.4', { levels: ['0', '3'] }))).toEqual([
      '__pycache__/b.cpython-34.pyc',
      'b.pyc',
      'b.pyo',
    ]);
  });

  test('lie below a prefix for those who read it, and beside the source for the others', () => {
    const wanted: Partial<Wanted> = { pycachePrefix: str('/p'), levels: ['0'] };
    expect(
      paths('/a/b.py', {
        ...plain,
        ...wanted,
        versions: ['3.7', '3.8', '3.14'].map((one) => parseRelease(one)!),
      }),
    ).toEqual([
      '/a/__pycache__/b.cpython-37.pyc',
      '/a/__pycache__/b.pypy37.pyc',
      '/p/a/b.cpython-38.pyc',
      '/p/a/b.cpython-314.pyc',
      '/a/__pycache__/b.cpython-314.pyc',
      '/a/b.pyc',
    ]);
  });

  test('are none where Python raises, which is told', () => {
    const { files, untold } = bytecodeFiles(
      str('//b.py'),
      only('3.12', { pycachePrefix: str('/p'), levels: ['0'] }),
    );
    expect(files.map(({ path }) => path.units)).toEqual(['//b.pyc']);
    expect(untold.map(({ runner, outcome }) => [runner.implementation, outcome.type])).toEqual([
      ['cpython', 'IndexError'],
      ['graalpy', 'IndexError'],
    ]);
  });

  test('have no legacy name where the source does not end in .py', () => {
    for (const source of ['b.pyw', 'b', '.py', 'a/.py']) {
      expect(filesOf(source, only('3.13')).filter(({ isLegacy }) => isLegacy)).toEqual([]);
    }
  });

  test.each<readonly [string, string, string, readonly string[]]>([
    ['3.13', '0', 'CPython 3.13', ['CPython 3.13']],
    ['3.13', '2', 'CPython 3.13 -OO', ['CPython 3.13 -OO']],
    ['3.13', '4', 'CPython 3.13 with PYTHONOPTIMIZE=4', ['CPython 3.13 with PYTHONOPTIMIZE=4']],
    ['3.14', '1', 'CPython 3.14 -O', ['CPython 3.14 -O', 'RustPython 3.14 -O']],
    ['3.13', 'typeguard461', 'typeguard', ['typeguard']],
    ['3.13', 'True', 'py_compile.compile(optimize=True)', []],
    ['3.13', 'x', "a call with the optimization 'x'", ["a call with the optimization 'x'"]],
  ])('of %s at %s are written by %s among others, and read by %j', (series, level, writer, readers) => {
    const [file] = filesOf('b.py', only(series, { levels: [level] }));
    expect(file!.writers[0]).toBe(writer);
    expect(file!.readers).toEqual(readers);
  });

  test('of two levels that share a name are read at both', () => {
    const file = filesOf('b.py', only('3.4')).find(({ path }) => path.units.endsWith('4.pyo'));
    expect(file!.readers).toEqual(['CPython 3.4 -O', 'CPython 3.4 -OO']);
  });
});

test.each([
  ['a/b.pyw', 'a/b.py'],
  ['foo.hy', 'foo.py'],
  ['.hidden', 'hidden.py'],
  ['a.b/.py', 'a.b/py.py'],
  ['a.', 'a.py'],
  ['a/b.py', undefined],
  ['a.b/c', undefined],
])('%s has the files of %s', (source, other) => {
  expect(sharing(str(source), 'posix')?.units).toBe(other);
  const tagged = (path: string): string[] =>
    filesOf(path, plain).flatMap(({ isLegacy, path }) => (isLegacy ? [] : [path.units]));
  expect(tagged(other ?? source)).toEqual(tagged(source));
});

test('every series is of an implementation', () => {
  expect(everySeries(['cpython']).map(([major, minor]) => `${major}.${minor}`)).toEqual(knownSeries);
  expect(everySeries(['pypy', 'graalpy']).map(([, minor]) => minor)).toEqual([7, 9, 11, 12]);
});
