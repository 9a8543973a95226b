/* Tests the list of a source's files, and which of them exist: files that interpreters write are found. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seriesOf } from '../../fixtures/interpreters.ts';
import { testEach } from '../../fixtures/present.ts';
import { bytecodeFiles, everySeries, type Wanted } from '../bytecode-files.ts';
import { havingTag, implementations } from '../python/tags.ts';
import { str } from '../python/text.ts';
import { encode } from './bytes.ts';
import { files } from './files.ts';
import { filesOnDisk } from './on-disk.ts';
import { runCommand, type Ended } from './testing.ts';
import { UsageError } from './usage.ts';

const run = (args: readonly string[], input = ''): Promise<Ended> =>
  runCommand(['files', ...args], { input });
/** The paths in a NUL-separated output. */
const paths = ({ out }: Ended): string[] => out.split('\0').slice(0, -1);

/** A folder that is removed after the test. */
function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'files-')));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe('files prints the bytecode files of a source', () => {
  test('each with who writes and who reads it', async () => {
    expect(await run(['a/b.py', '--python-version', '3.13', '--levels', '1'])).toEqual({
      code: 0,
      out: [
        'a/__pycache__/b.cpython-313.opt-1.pyc\twritten by CPython 3.13 -O, pip and uv with PYTHONOPTIMIZE=1, installer, meson, setuptools with the bytes of level 0; read by CPython 3.13 -O\n',
        'a/b.pyc\twritten by compileall -b, PyZipFile, pyc-wheel, pex --compile; read by the interpreter that wrote it at any level if there is no source, zipimport\n',
      ].join(''),
      err: '',
    });
  });

  test('or alone, with NUL after each, of sources on stdin too', async () => {
    const options = [
      '-',
      '-0',
      '--python-version',
      '3.12,3.13',
      '--implementation',
      'cpython',
      '--levels',
      '0',
    ];
    expect(paths(await run(options, 'a.py\0b\n.py\0'))).toEqual([
      '__pycache__/a.cpython-312.pyc',
      '__pycache__/a.cpython-313.pyc',
      'a.pyc',
      '__pycache__/b\n.cpython-312.pyc',
      '__pycache__/b\n.cpython-313.pyc',
      'b\n.pyc',
    ]);
  });

  test('as JSON', async () => {
    const { out } = await run(['foo.hy', '--json', '--python-version', '3.14', '--levels', '3']);
    expect(JSON.parse(out)).toEqual({
      source: 'foo.hy',
      path: '__pycache__/foo.cpython-314.opt-3.pyc',
      legacy: false,
      of: [
        { implementation: 'cpython', python: '3.14', level: '3' },
        { implementation: 'rustpython', python: '3.14', level: '3' },
      ],
      formats: [
        { of: 'CPython 3.14', magic: 3627 },
        { of: 'RustPython 0.6.0', magic: 3627 },
      ],
      writers: ['CPython 3.14 with PYTHONOPTIMIZE=3', 'RustPython 3.14 with PYTHONOPTIMIZE=3'],
      readers: ['CPython 3.14 with PYTHONOPTIMIZE=3', 'RustPython 3.14 with PYTHONOPTIMIZE=3'],
      sharedWith: 'foo.py',
    });
  });

  test('with what other source has the same, and where Python raises, on stderr', async () => {
    const { err } = await run(['a.pyw', '--python-version', '3.13']);
    expect(err).toBe('pycache-spec: a.py has the same files, except those without a tag\n');
    const prefixed = ['--pycache-prefix', '/p', '--levels', '0'];
    const none = await run(['//b.pyw', '--python-version', '3.10', ...prefixed]);
    expect(none.err).toMatch(
      /^pycache-spec: CPython 3\.10 at level 0 raises IndexError: string index out of range$/m,
    );
    expect([none.code, none.out]).toEqual([1, '']);
  });
});

describe('--like', () => {
  /** Each path, with the text before its writers. */
  const marked = ({ out }: Ended): Array<readonly string[]> =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => /^([^\t]+)\t(?:(looked for .*?); )?written by /.exec(line)!.slice(1));

  test('lists the files of one interpreter, and marks the one that it writes', async () => {
    const like = 'PYTHONOPTIMIZE=1 python3.13 -X pycache_prefix=/p';
    const ended = await run(['/a/b.py', '--like', like]);
    expect(marked(ended)).toEqual([
      ['/p/a/b.cpython-313.pyc', undefined],
      ['/p/a/b.cpython-313.opt-1.pyc', 'looked for and written by this interpreter'],
      ['/p/a/b.cpython-313.opt-2.pyc', undefined],
      ['/a/b.pyc', undefined],
    ]);
    expect([ended.code, ended.err]).toEqual([0, '']);
  });

  test.each<readonly [string, string[], string, string]>([
    [
      'python3.13 -OOO',
      [],
      '__pycache__/b.cpython-313.opt-3.pyc',
      'looked for and written by this interpreter',
    ],
    ['python3.4 -OOO', [], '__pycache__/b.cpython-34.pyo', 'looked for and written by this interpreter'],
    ['pypy3.11', [], '__pycache__/b.pypy311.pyc', 'looked for and written by this interpreter'],
    [
      'python -O',
      ['--python-version', '3.9'],
      '__pycache__/b.cpython-39.opt-1.pyc',
      'looked for and written by this interpreter',
    ],
    [
      'python3.13 -B',
      [],
      '__pycache__/b.cpython-313.pyc',
      'looked for by this interpreter, which does not write it',
    ],
  ])('%s with %j', async (like, others, path, mark) => {
    const told = marked(await run(['b.py', '--like', like, ...others]));
    expect(told.filter(([, one]) => one !== undefined)).toEqual([[path, mark]]);
  });

  test('tells a program which file is written, and the state', async () => {
    const { out, err } = await run(['b.py', '--json', '--levels', '0,1', '--like', 'python3.13 -OB']);
    const state = { written: false, level: 1, prefix: null, tag: 'cpython-313' };
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toMatchObject([
      { path: '__pycache__/b.cpython-313.pyc', isLookedFor: false, ...state },
      { path: '__pycache__/b.cpython-313.opt-1.pyc', isLookedFor: true, ...state },
      { path: 'b.pyc', isLookedFor: false, ...state },
    ]);
    expect(err).toBe('pycache-spec: imports write no bytecode: sys.dont_write_bytecode is true.\n');
    const written = await run(['b.py', '--json', '--like', 'python3.13']);
    expect(written.out.match(/"isLookedFor":true,"written":true/g)).toHaveLength(1);
    expect(written.out.match(/"isLookedFor":false,"written":false/g)).toHaveLength(3);
  });

  test('on disk, it names a file that does not exist', async () => {
    const root = folder();
    mkdirSync(join(root, '__pycache__'));
    for (const name of ['b.cpython-313.pyc', 'b.pypy311.pyc'])
      writeFileSync(join(root, '__pycache__', name), '');
    const onDisk = ['b.py', '--on-disk', '--cwd', root, '--like'];
    expect(marked(await run([...onDisk, 'python3.13']))).toEqual([
      ['__pycache__/b.cpython-313.pyc', 'looked for and written by this interpreter'],
    ]);
    const ended = await run([...onDisk, 'python3.13 -O']);
    expect(marked(ended)).toEqual([['__pycache__/b.cpython-313.pyc', undefined]]);
    expect(ended.err).toBe(
      'pycache-spec: this interpreter looks for __pycache__/b.cpython-313.opt-1.pyc, which does not exist\n',
    );
  });

  test('on disk, it says which hashes this interpreter compares', async () => {
    const root = folder();
    mkdirSync(join(root, '__pycache__'));
    writeFileSync(join(root, 'b.py'), '');
    const withHash = (flags: number): Buffer =>
      Buffer.from([0xf3, 0x0d, 0x0d, 0x0a, flags, ...Array(12).fill(0)]);
    writeFileSync(join(root, '__pycache__', 'b.cpython-313.pyc'), withHash(3));
    writeFileSync(join(root, '__pycache__', 'b.cpython-313.opt-1.pyc'), withHash(1));
    const told = async (options: string): Promise<string[]> => {
      const { out } = await run(['b.py', '--on-disk', '--cwd', root, '--like', `python3.13 ${options}`]);
      return [...out.matchAll(/; ((?:not )?read by [^;\n]*)/g)].map(([, words]) => words!).toReversed();
    };
    const [stale, unchecked] = ['it is stale: its source has another hash', 'its source is not checked'];
    expect(await told('')).toEqual([
      `not read by CPython 3.13: ${stale}`,
      `read by CPython 3.13 -O: ${unchecked}`,
    ]);
    expect(await told('--check-hash-based-pycs never')).toEqual([
      `read by CPython 3.13: ${unchecked}`,
      `read by CPython 3.13 -O: ${unchecked}`,
    ]);
    expect(await told('--check-hash-based-pycs never --check-hash-based-pycs always')).toEqual([
      `not read by CPython 3.13: ${stale}`,
      `not read by CPython 3.13 -O: ${stale}`,
    ]);
  });
});

describe('wrong usage', () => {
  test.each<readonly [string[], RegExp]>([
    [[], /^files takes a SOURCE, or - to read them from stdin$/],
    [['a.py', '--levels', '1,'], /^--levels takes a comma-separated list of levels, such as 0,2, not ''$/],
    [['a.py', '--levels', '1.0'], /not '1\.0'$/],
    [['a.py', '--implementation', 'pypy,jython'], /^'jython' is not a known implementation/],
    [
      ['a.py', '--implementation', 'pypy', '--python-version', '3.10'],
      /^none of these interpreters has a known tag/,
    ],
    [['a.py', '--python-version', '3.13,x'], /^'x' is not a Python version/],
    [['a.py', '--pycache-prefix', '/p'], /depend on the working directory: give it with --cwd$/],
    [['a.py', '--cwd', 'w'], /^--cwd takes an absolute path/],
    [
      ['a.py', '--like', 'python3.13', '--python-version', '3.12,3.13'],
      /^--like starts one interpreter: --python-version takes one release, not '3\.12,3\.13'$/,
    ],
    [['a.py', '--like', 'python'], /^--like: the name 'python' contains no release/],
    [['a.py', '--like', 'python3.13', '--implementation', 'cpython,pypy'], /^--like starts CPython: /],
    [
      ['a.py', '--like', 'python3.13', '--pycache-prefix', '/p'],
      /--pycache-prefix cannot be combined with it/,
    ],
    [['a.py', '--like', 'python3.13 -X pycache_prefix=/p'], /depend on the working directory/],
    [['a.py', '--like', 'pypy3.10'], /^the tag of PyPy is known for Python /],
    [
      ['a.py', '--on-disk', '--platform', 'win32'],
      /^--on-disk reads the disk of this machine, whose paths are not those of win32$/,
    ],
  ])('%j', async (args, message) => {
    const error: unknown = await files.run(args).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(message);
  });
});

describe('on disk', () => {
  /** Creates empty files: headers.test.ts is about their contents. */
  const put = (root: string, ...names: readonly string[]): void => {
    mkdirSync(join(root, '__pycache__'), { recursive: true });
    for (const name of names) writeFileSync(join(root, name), '');
  };

  test('it lists those that are there, and of others those that belong to the source', async () => {
    const root = folder();
    const own = [
      '__pycache__/m.cpython-313-pytest-9.2.0.pyc',
      '__pycache__/m.cpython-313.opt-3.pyc',
      '__pycache__/m.cpython-313.opt-typeguard461.pyc',
      '__pycache__/m.cpython-313.pyc',
      '__pycache__/m.cpython-313.pyc.1234',
      '__pycache__/m.f-2.py313.1.nbc',
      '__pycache__/m.f-2.py313.nbi',
      '__pycache__/m.pypy39.pyc',
      'm.pyc',
    ];
    const others = ['m.py', 'm.txt', 'mm.pyc', 'm.n.pyc'];
    const othersCached = [
      'mm.cpython-313.pyc',
      'm.n.cpython-313.pyc',
      '.m.cpython-313.pyc',
      'mcpython-313.pyc',
      'm.txt',
    ];
    put(root, ...own, ...others, ...othersCached.map((name) => `__pycache__/${name}`));
    const before = readdirSync(root, { recursive: true });
    const source = join(root, 'm.py');
    const found = async (...options: string[]): Promise<string[]> =>
      paths(await run([source, '--on-disk', '-0', ...options])).map((path) => path.slice(root.length + 1));
    expect(await found()).toEqual(own);
    expect(await found('--levels', '0')).toEqual(own.filter((name) => !/opt-|nb[ic]$/.test(name)));
    expect(await found('--implementation', 'pypy')).toEqual(['__pycache__/m.pypy39.pyc', 'm.pyc']);
    expect(await found('--python-version', '3.13')).toEqual(own.filter((name) => !name.includes('pypy')));
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });

  test('it tells who wrote what is none of an interpreter', async () => {
    const root = folder();
    put(root, '__pycache__/m.cpython-313-pytest-9.2.0.pyc', '__pycache__/m.cpython-313.opt-True.pyc');
    const { out } = await run([join(root, 'm.py'), '--on-disk']);
    expect(out.split('\n').map((line) => line.split('\t')[1])).toEqual([
      'written by pytest 9.2.0; not read by pytest 9.2.0 on CPython 3.13: its source does not exist',
      'written by py_compile.compile(optimize=True); read by nothing',
      undefined,
    ]);
  });

  test('it finds nothing where there is no folder, which is no fault', async () => {
    expect(await run([join(folder(), 'a', 'm.py'), '--on-disk'])).toEqual({ code: 0, out: '', err: '' });
  });

  test('it looks from the working directory, and below a prefix', async () => {
    const root = folder();
    mkdirSync(join(root, 'p', root.slice(1), 'a'), { recursive: true });
    const below = [
      join('p', root.slice(1), 'a', 'm.cpython-313.pyc'),
      join('p', root.slice(1), 'a', 'm.cpython-313-pytest-9.pyc'),
    ];
    for (const name of below) writeFileSync(join(root, name), '');
    const options = ['a/m.py', '--on-disk', '-0', '--pycache-prefix', join(root, 'p'), '--cwd', root];
    expect(paths(await run(options)).toSorted()).toEqual(below.map((name) => join(root, name)).toSorted());
  });

  test('below a prefix it tells of what lies in the cache folder who reads it there', async () => {
    const root = folder();
    const names = [
      'm.cpython-313.pyc',
      'm.cpython-313-pytest-9.2.0.pyc',
      'm.f-2.py313.nbi',
      'm.cpython-37.pyc',
    ];
    put(root, ...names.map((name) => `__pycache__/${name}`));
    const prefix = ['--pycache-prefix', join(root, 'p')];
    const { out } = await run([join(root, 'm.py'), '--on-disk', ...prefix]);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(root.length + '/__pycache__/'.length)),
    ).toEqual([
      'm.cpython-313-pytest-9.2.0.pyc\twritten by pytest 9.2.0 with another prefix; read by nothing',
      'm.cpython-313.pyc\twritten by an interpreter with another prefix; read by nothing',
      'm.cpython-37.pyc\twritten by CPython 3.7, pip, uv, poetry, installer, meson, setuptools; not read by CPython 3.7: its source does not exist',
      'm.f-2.py313.nbi\twritten by numba; read by numba',
    ]);
    const some = await run([join(root, 'm.py'), '--on-disk', '-0', '--python-version', '3.13', ...prefix]);
    expect(paths(some).map((path) => path.slice(root.length + '/__pycache__/'.length))).toEqual([
      'm.cpython-313-pytest-9.2.0.pyc',
      'm.cpython-313.pyc',
      'm.f-2.py313.nbi',
    ]);
  });

  test('a name that is no UTF-8 is found', () => {
    const root = folder();
    mkdirSync(join(root, '__pycache__'));
    const name = Buffer.from(`${root}/__pycache__/\xff.cpython-313.pyc`, 'latin1');
    writeFileSync(name, '');
    const wanted: Wanted = {
      platform: 'posix',
      implementations,
      versions: everySeries(implementations),
      levels: ['0'],
      pycachePrefix: null,
      cwd: str(root),
    };
    const source = str(`${root}/\udcff.py`);
    const all = { implementation: true, version: true, level: true };
    const found = filesOnDisk(source, bytecodeFiles(source, wanted).files, wanted, all);
    expect(found.map(({ path }) => encode(path.units))).toEqual([name]);
  });

  testEach(
    'what it writes is found, and it is the one that is told',
    { andPypy: true },
    async (interpreter) => {
      const root = folder();
      writeFileSync(join(root, 'm.py'), 'x = 1\n');
      const program = `
import compileall, py_compile, sys
for level in 0, 1, 2:
    py_compile.compile(sys.argv[1], doraise=True, optimize=level)
print(compileall.compile_file(sys.argv[1], quiet=1, legacy=True))
`;
      const source = join(root, 'm.py');
      const { stdout } = await promisify(execFile)(interpreter.executable, ['-I', '-c', program, source]);
      expect(stdout.trim()).toMatch(/^(?:1|True)$/);
      const written = readdirSync(join(root, '__pycache__')).map((name) => join(root, '__pycache__', name));
      const found = await run([source, '--on-disk', '--json']);
      const told = found.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { path: string; legacy: boolean; of: unknown[] });
      expect(told.map(({ path }) => path).toSorted()).toEqual([...written, join(root, 'm.pyc')].toSorted());
      const { implementation } = interpreter;
      const tag = /\.([^.]+)\.pyc$/.exec(written.toSorted().at(-1)!)![1]!;
      const levels = told.filter(({ legacy }) => !legacy).flatMap(({ of }) => of);
      for (const level of ['0', '1', '2']) {
        expect(levels).toContainEqual({ implementation, python: seriesOf(interpreter), level });
      }
      expect(havingTag(tag).map((one) => one.implementation)).toContain(implementation);
    },
  );
});
