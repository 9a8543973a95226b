/* Tests sources that share a bytecode file, and what `path` and `files` print about them. */
import { writeFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Platform } from '../python/interpreter.ts';
import { str } from '../python/text.ts';
import { Collisions } from './collisions.ts';
import { runCommand, type Ended } from './testing.ts';

const raw = String.raw;

describe('sources share a file', () => {
  /** The sources reported as sharing a file, given that the file of each is `__pycache__/x.pyc`. */
  const sharing = (platform: Platform, cwd: string | null, ...sources: string[]): string[] => {
    const collisions = new Collisions(platform, cwd === null ? null : str(cwd));
    for (const source of sources) collisions.add(str(source), str('__pycache__/x.pyc'));
    return collisions.found.flatMap((one) => one.sources.map(({ units }) => units));
  };

  test.each<readonly [Platform, string | null, string, string]>([
    ['posix', null, 'a.py', 'a.pyw'],
    ['posix', null, 'a.py', 'A.py'],
    ['posix', null, 'a.py', '/a.py'],
    ['posix', null, 'b/../a.py', 'a.py'],
    ['posix', null, '.a', 'a'],
    ['posix', '/v', '/w/a.py', 'a.py'],
    ['posix', '/w', raw`a\b.py`, 'a/b.py'],
    ['win32', null, raw`C:\a.py`, raw`D:\a.py`],
    ['win32', null, raw`C:\a.py`, 'C:a.py'],
    ['win32', null, raw`\\a\b\c.py`, raw`\a\b\c.py`],
    ['win32', raw`C:\w`, raw`\a.py`, 'a.py'],
  ])('on %s, in %s: %s and %s', (platform, cwd, one, other) => {
    expect(sharing(platform, cwd, one, other, one)).toEqual([one, other]);
  });

  test.each<readonly [Platform, string | null, string, string]>([
    ['posix', null, 'a.py', 'a.py'],
    ['posix', null, 'a.py', './a.py'],
    ['posix', null, 'a//b/./c.py', 'a/b/c.py'],
    ['posix', null, '//a/b.py', '/a/b.py'],
    ['posix', '/w/', '/w/a.py', 'a.py'],
    ['win32', null, raw`A\b.PY`, 'a/B.py'],
    ['win32', null, raw`C:\\a\.\b.py`, 'c:/a/b.py'],
    ['win32', raw`C:\w`, raw`c:\w\a.py`, 'a.py'],
  ])('but not with themselves: on %s, in %s: %s and %s', (platform, cwd, one, other) => {
    expect(sharing(platform, cwd, one, other)).toEqual([]);
  });

  test('whatever the spelling of that file', () => {
    const collisions = new Collisions('posix', str('/w'));
    collisions.add(str('/m.py'), str('__pycache__/m.pyc'));
    collisions.add(str('./m.py'), str('./__pycache__/m.pyc'));
    collisions.add(str('n.py'), str('__pycache__/n.pyc'));
    expect(collisions.found.map(({ path, sources }) => [path.units, sources.length])).toEqual([
      ['__pycache__/m.pyc', 2],
    ]);
  });
});

describe('path --collisions', () => {
  const run = (args: readonly string[], input = ''): Promise<Ended> =>
    runCommand(['path', ...args, '--collisions', '--python-version', '3.13'], { input });

  test('prints each file that is shared with its sources, and exits with 1', async () => {
    const sources = ['a.py', 'b.py', 'a.pyw', 'foo.hy', 'foo.py', '.a', './b.py'];
    expect(await run(['-'], sources.map((one) => `${one}\n`).join(''))).toEqual({
      code: 1,
      out: '__pycache__/a.cpython-313.pyc\ta.py\ta.pyw\t.a\n__pycache__/foo.cpython-313.pyc\tfoo.hy\tfoo.py\n',
      err: '',
    });
  });

  test('prints nothing where none is, and exits with 0', async () => {
    expect(await run(['a.py', 'b.py', 'c/a.py', 'a.py'])).toEqual({ code: 0, out: '', err: '' });
  });

  test('finds the drives that are lost below a prefix', async () => {
    const windows = ['--platform', 'win32', '--pycache-prefix', raw`P:\p`];
    const { out } = await run([raw`C:\a\m.py`, raw`D:\a\m.py`, ...windows]);
    expect(out).toBe(`P:\\p\\a\\m.cpython-313.pyc\tC:\\a\\m.py\tD:\\a\\m.py\n`);
  });

  test('ends each path with NUL, and those of a file with one more', async () => {
    const { out } = await run(['-', '-0'], 'a\n.py\0a\n.pyw\0b.py\0b.x\0');
    expect(out).toBe(
      '__pycache__/a\n.cpython-313.pyc\0a\n.py\0a\n.pyw\0\0__pycache__/b.cpython-313.pyc\0b.py\0b.x\0\0',
    );
  });

  test('tells what Python raises on stderr, as without it', async () => {
    const raises = ['--optimization', '_'];
    expect(await run(['a.py', 'a.pyw', ...raises])).toEqual({
      code: 1,
      out: '',
      err: "pycache-spec: path 1: ValueError: '_' is not alphanumeric\npycache-spec: path 2: ValueError: '_' is not alphanumeric\n",
    });
  });

  test('as JSON', async () => {
    const { out } = await run(['a.py', 'a.pyw', '--json']);
    expect(JSON.parse(out)).toEqual({
      result: '__pycache__/a.cpython-313.pyc',
      paths: ['a.py', 'a.pyw'],
    });
  });
});

describe('files --collisions', () => {
  const run = (...args: string[]): Promise<Ended> =>
    runCommand(['files', ...args, '--collisions', '--python-version', '3.12', '--levels', '0']);

  test('does it for every interpreter, and not for the files beside a source', async () => {
    expect(await run('a.py', 'a.hy', 'b.py')).toEqual({
      code: 1,
      out: '__pycache__/a.cpython-312.pyc\ta.py\ta.hy\n__pycache__/a.graalpy250-312.pyc\ta.py\ta.hy\n',
      err: '',
    });
    const { out } = await run('a.py', 'a.hy', '--json', '--implementation', 'cpython');
    expect(JSON.parse(out)).toEqual({ path: '__pycache__/a.cpython-312.pyc', sources: ['a.py', 'a.hy'] });
    expect(await run('a.py', 'b.py')).toEqual({ code: 0, out: '', err: '' });
  });

  test('on disk, for the files that are there', async () => {
    const root = mkdtempSync(join(tmpdir(), 'collisions-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    const sources = ['a.py', 'a.hy', 'b.py', 'b.hy'].map((name) => join(root, name));
    expect((await run(...sources, '--on-disk')).code).toBe(0);
    mkdirSync(join(root, '__pycache__'));
    const file = join(root, '__pycache__', 'b.cpython-312.pyc');
    writeFileSync(file, '');
    expect(await run(...sources, '--on-disk')).toEqual({
      code: 1,
      out: `${file}\t${sources[2]}\t${sources[3]}\n`,
      err: '',
    });
  });
});
