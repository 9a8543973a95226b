/* Compares what is said about existing bytecode files with real imports: which of them does an interpreter execute? */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seriesOf, type Interpreter } from '../../fixtures/interpreters.ts';
import { testEach } from '../../fixtures/present.ts';
import { bytecodeFiles, everySeries, type Wanted } from '../bytecode-files.ts';
import { packageRoot } from '../conformance/package.ts';
import type { HashChecks } from '../python/command-line.ts';
import { releaseOf } from '../python/releases.ts';
import { formatsOf, implementations } from '../python/tags.ts';
import { str } from '../python/text.ts';
import { fileInWords } from './file-words.ts';
import { withHeaders, type FoundFile } from './headers.ts';
import { filesOnDisk } from './on-disk.ts';

const all = { implementation: true, version: true, level: true };

/** A folder that is removed after the test. */
function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'headers-')));
  onTestFinished(() => rmSync(path, { recursive: true }));
  mkdirSync(join(path, '__pycache__'));
  return path;
}

/** What is said about the files of a source. */
function told(
  source: string,
  isNamed = false,
  more: Partial<Wanted> = {},
  hashChecks?: HashChecks,
): FoundFile[] {
  const wanted: Wanted = {
    platform: 'posix',
    implementations,
    versions: everySeries(implementations),
    levels: ['0', '1', '2'],
    pycachePrefix: null,
    cwd: str(dirname(source)),
    ...more,
  };
  const possible = bytecodeFiles(str(source), wanted).files;
  return withHeaders(
    filesOnDisk(str(source), possible, wanted, all),
    str(source),
    wanted,
    isNamed,
    hashChecks,
  );
}

type Planted = {
  readonly magic: number;
  readonly cases: ReadonlyArray<
    readonly [name: string, bytecode: string, executed: 'planted' | 'source' | 'ImportError' | 'EOFError']
  >;
};

async function plantedBy(
  { executable, start }: Interpreter,
  root: string,
  options: readonly string[],
): Promise<Planted> {
  const program = join(packageRoot(), 'fixtures', 'planted.py');
  const words = [...start.slice(1), ...options, '-B', '-S', program, root];
  const { stdout } = await promisify(execFile)(executable, words);
  return JSON.parse(stdout) as Planted;
}

/** Compares what is said with what an interpreter does that is started with these options. */
async function expectRead(
  interpreter: Interpreter,
  options: readonly string[],
  hashChecks?: HashChecks,
): Promise<void> {
  const root = folder();
  const { magic, cases } = await plantedBy(interpreter, root, options);
  const format = formatsOf(interpreter.implementation, seriesOf(interpreter)).find(
    (one) => one.magic === magic,
  );
  const said = cases.map(([name, bytecode]) => {
    const files = told(join(root, `${name}.py`), true, {}, hashChecks);
    const own = files
      .find(({ path }) => path.units === bytecode)
      ?.readings.find(({ by }) => by === format?.of);
    return [name, own?.isRead, own?.raises];
  });
  /** If the header itself is truncated, the import may raise the same, but the file is reported as not read. */
  const fails = (name: string, executed: string): boolean =>
    executed === 'EOFError' && !name.includes('short');
  expect(said).toEqual(
    cases.map(([name, , executed]) => [
      name,
      executed === 'planted' || fails(name, executed),
      fails(name, executed) ? executed : undefined,
    ]),
  );
  expect(cases.filter(([name, , executed]) => fails(name, executed)).length).toBeGreaterThan(1);
  expect(new Set(cases.map(([, , executed]) => executed)).size).toBeGreaterThan(3);
  expect(cases.length).toBeGreaterThan(30);
}

testEach(
  'executes what is said to be read, or raises what is said, and nothing else',
  { andPypy: true },
  async (interpreter) => expectRead(interpreter, []),
);

for (const hashChecks of ['always', 'never'] as const) {
  testEach(
    `the same with --check-hash-based-pycs ${hashChecks}, unless it has no such option`,
    { andPypy: true, andPyodide: false },
    async (interpreter) => {
      const options = ['--check-hash-based-pycs', hashChecks];
      if (releaseOf(interpreter.version).holds['check-hash-based-pycs']) {
        await expectRead(interpreter, options, hashChecks);
      } else {
        await expect(plantedBy(interpreter, folder(), options)).rejects.toThrow('nknown option');
      }
    },
  );
}

/** A header of 16 bytes, followed by some more. */
const header = (magic: number, flags: number, low: number, high: number): Buffer => {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16LE(magic);
  bytes.write('\r\n', 2, 'latin1');
  [flags, low, high].forEach((number, i) => bytes.writeUInt32LE(number, 4 * i + 4));
  return bytes;
};

describe('of a file that is there it is told', () => {
  const put = (root: string, name: string, bytes: Buffer | string): string => {
    writeFileSync(join(root, name), bytes);
    return join(root, name);
  };
  const source = (root: string, seconds: number): string => {
    const path = put(root, 'm.py', 'x = 1\n');
    utimesSync(path, seconds, seconds);
    return path;
  };
  const words = (files: readonly FoundFile[]): string[] =>
    files.map((file) => `${basename(file.path.units)} ${fileInWords(file).replace(/^.*?; /, '')}`);

  test('why it is not read', () => {
    const root = folder();
    const path = source(root, 1_600_000_000);
    put(root, '__pycache__/m.cpython-310.pyc', header(3439, 0, 1_500_000_000, 6));
    put(root, '__pycache__/m.cpython-311.pyc', header(3495, 0, 1_600_000_000, 7));
    put(root, '__pycache__/m.cpython-312.pyc', header(3495, 0, 1_600_000_000, 6));
    put(root, '__pycache__/m.cpython-313.opt-1.pyc', header(3571, 1, 1, 1));
    put(root, '__pycache__/m.cpython-313.opt-2.pyc', header(3571, 3, 1, 1));
    put(root, '__pycache__/m.cpython-313.pyc', header(3571, 8, 1, 1));
    put(root, '__pycache__/m.cpython-315.opt-1.pyc', header(3666, 0, 1, 1).subarray(0, 7));
    put(root, '__pycache__/m.cpython-315.pyc', 'abc');
    put(root, '__pycache__/m.graalpy250-312.pyc', header(21330, 3, 1, 1));
    put(root, '__pycache__/m.pypy311.pyc', header(432, 0, 1_600_000_000, 6));
    expect(words(told(path))).toEqual([
      'm.cpython-310.pyc not read by CPython 3.10: it is stale: its source was modified at 2020-09-13T12:26:40Z, not at 2017-07-14T02:40:00Z',
      'm.cpython-311.pyc not read by CPython 3.11: it is stale: its source has 6 bytes, not 7',
      'm.cpython-312.pyc not read by CPython 3.12: its magic number is 3495, of CPython 3.11',
      'm.cpython-313.opt-1.pyc read by CPython 3.13 -O: its source is not checked',
      'm.cpython-313.opt-2.pyc not read by CPython 3.13 -OO: it is stale: its source has another hash',
      'm.cpython-313.pyc not read by CPython 3.13: its flags are 8, which is not valid',
      'm.cpython-315.opt-1.pyc not read by CPython 3.15 -O: its header is cut off after 7 bytes',
      'm.cpython-315.pyc not read by CPython 3.15: it has no magic number',
      'm.graalpy250-312.pyc in the format of GraalPy 25.0.3 or GraalPy 25.2.4; not read by GraalPy 25.0.3: its magic number is 21330, of GraalPy 25.2.4; may be read by GraalPy 25.2.4: its hash cannot be computed here',
      'm.pypy311.pyc in the format of PyPy 7.3.19 or PyPy 8.0.1; not read by PyPy 7.3.19: its magic number is 432, of PyPy 8.0.1; read by PyPy 8.0.1',
    ]);
  });

  test('what its header says', () => {
    const root = folder();
    const path = source(root, 1_600_000_000);
    put(root, '__pycache__/m.cpython-310.pyc', header(3439, 0, 1_500_000_000, 6));
    put(root, '__pycache__/m.cpython-311.pyc', header(3495, 3, 0x01020304, 0xf0));
    put(root, '__pycache__/m.cpython-312.pyc', header(3531, 1, 0, 0));
    put(root, '__pycache__/m.cpython-313.pyc', header(3571, 9, 0, 0));
    put(root, '__pycache__/m.cpython-36.pyc', header(3379, 77, 6, 0));
    put(root, '__pycache__/m.cpython-37.pyc', 'x');
    expect(told(path).map((one) => one.header)).toEqual([
      { magic: 3439, check: 'timestamp', mtime: 1_500_000_000, size: 6 },
      { magic: 3495, check: 'checked-hash', hash: '04030201f0000000' },
      { magic: 3531, check: 'unchecked-hash', hash: '0000000000000000' },
      { magic: 3571, check: 'invalid-flags', flags: 9 },
      { magic: 3379, check: 'timestamp', mtime: 77, size: 6 },
      undefined,
    ]);
  });

  test('whether a program reads its own, on which interpreter, and none what nobody reads', () => {
    const root = folder();
    const path = source(root, 1_600_000_000);
    const fresh = header(3571, 0, 1_600_000_000, 6);
    put(root, '__pycache__/m.cpython-313-pytest-9.2.0.pyc', fresh);
    put(root, '__pycache__/m.cpython-313-pytest-9.2.0.pyo', header(3571, 0, 0, 0));
    put(root, '__pycache__/m.cpython-313.opt-True.pyc', fresh);
    put(root, '__pycache__/m.f-2.py313.nbi', 'x');
    expect(words(told(path))).toEqual([
      'm.cpython-313-pytest-9.2.0.pyc read by pytest 9.2.0 on CPython 3.13',
      'm.cpython-313-pytest-9.2.0.pyo not read by pytest 9.2.0 on CPython 3.13: it is stale: its source was modified at 2020-09-13T12:26:40Z, not at 1970-01-01T00:00:00Z',
      'm.cpython-313.opt-True.pyc read by nothing',
      'm.f-2.py313.nbi read by numba',
    ]);
  });

  test('beside a source that is not there, who reads it; who does not, where one is named', () => {
    const root = folder();
    put(root, 'm.pyc', header(3571, 0, 1, 1));
    const path = join(root, 'm.py');
    expect(words(told(path))).toEqual(['m.pyc read by CPython 3.13']);
    const named: Partial<Wanted> = { implementations: ['cpython'], versions: [[3, 12, 0]] };
    expect(words(told(path, true, named))).toEqual([
      'm.pyc not read by CPython 3.12: its magic number is 3571, of CPython 3.13',
    ]);
    put(root, 'm.pyc', header(62211, 0, 1, 1));
    expect(words(told(path))).toEqual([
      'm.pyc not read by any interpreter: its magic number is 62211, of CPython 2.7',
    ]);
    put(root, 'm.py', '');
    expect(words(told(path))).toEqual([
      'm.pyc not read by any interpreter: its source exists and is read instead',
    ]);
  });

  test('in a cache folder without a source, that nothing reads it', () => {
    const root = folder();
    put(root, '__pycache__/m.cpython-313.pyc', header(3571, 0, 1, 1));
    expect(words(told(join(root, 'm.py')))).toEqual([
      'm.cpython-313.pyc not read by CPython 3.13: its source does not exist',
    ]);
    mkdirSync(join(root, 'm.py'));
    expect(words(told(join(root, 'm.py')))).toEqual([
      'm.cpython-313.pyc not read by CPython 3.13: its source does not exist',
    ]);
  });

  test('that nothing follows its header, where it would be read, and by an interpreter that was asked', () => {
    const root = folder();
    const path = source(root, 1_600_000_000);
    const cut = (magic: number, flags = 0, size = 6): Buffer =>
      header(magic, flags, 1_600_000_000, size).subarray(0, 16);
    put(root, '__pycache__/m.cpython-311.pyc', cut(3495, 0, 7));
    put(root, '__pycache__/m.cpython-312.pyc', cut(3531));
    put(root, '__pycache__/m.cpython-313-pytest-9.2.0.pyc', cut(3571));
    put(root, '__pycache__/m.cpython-313.pyc', cut(3571, 1));
    put(root, '__pycache__/m.cpython-314.pyc', cut(3627));
    put(root, '__pycache__/m.cpython-36.pyc', header(3379, 1_600_000_000, 6, 0).subarray(0, 12));
    const fails = 'nothing follows its header, so the import raises EOFError';
    expect(words(told(path))).toEqual([
      'm.cpython-311.pyc not read by CPython 3.11: it is stale: its source has 6 bytes, not 7',
      `m.cpython-312.pyc read by CPython 3.12: ${fails}`,
      'm.cpython-313-pytest-9.2.0.pyc read by pytest 9.2.0 on CPython 3.13',
      `m.cpython-313.pyc read by CPython 3.13: its source is not checked; ${fails}`,
      `m.cpython-314.pyc in the format of CPython 3.14 or RustPython 0.6.0; read by CPython 3.14: ${fails}; read by RustPython 0.6.0`,
      `m.cpython-36.pyc read by CPython 3.6: ${fails}`,
    ]);
    put(root, '__pycache__/m.cpython-36.pyc', header(3379, 1_600_000_000, 6, 0).subarray(0, 13));
    expect(words(told(path)).at(-1)).toBe('m.cpython-36.pyc read by CPython 3.6');
  });

  test('that it cannot be read, as of a folder', () => {
    const root = folder();
    const path = source(root, 1_600_000_000);
    mkdirSync(join(root, '__pycache__', 'm.cpython-313.pyc'));
    expect(words(told(path))).toEqual(['m.cpython-313.pyc not read by CPython 3.13: it cannot be read']);
  });

  test('that two implementations have one tag and one magic number for formats of their own', () => {
    const root = folder();
    const path = source(root, 1_600_000_000);
    put(root, '__pycache__/m.cpython-314.pyc', header(3627, 0, 1_600_000_000, 6));
    expect(words(told(path))).toEqual([
      'm.cpython-314.pyc in the format of CPython 3.14 or RustPython 0.6.0; read by CPython 3.14, RustPython 0.6.0',
    ]);
  });
});
