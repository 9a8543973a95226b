/*
 * Runs the command lines that the documents show, with the built command, and compares their output with the output
 * shown. A line `…` stands for any lines, `…` within a line for any text, and seconds may differ. `-u` updates the
 * figures or, if more than figures changed, the whole output.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findInterpreters } from '../../fixtures/interpreters.ts';
import { commands as table } from '../cli/table.ts';
import { program, runCommand, runProgram, type Ended } from '../cli/testing.ts';
import { packageRoot } from '../conformance/package.ts';
import { formatVersion } from '../python/releases.ts';
import { documentOf, documents, type Block } from './testing.ts';

const root = packageRoot();
const interpreters = (await findInterpreters()).filter(({ paths }) => paths === 'posix');

/** A command line, and the output shown for it. */
type Shown = { readonly command: string; readonly output?: string };

function shownIn({ info, text }: Block): Shown[] {
  if (/^sh\b/.test(info))
    return text
      .split('\n')
      .filter(isCommand)
      .map((command) => ({ command }));
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...lines] = part.split('\n');
      return { command, output: lines.join('\n').trimEnd() };
    });
}

const isCommand = (line: string): boolean => line !== '' && !line.startsWith('#');
const isOwn = ({ command }: Shown): boolean => /\bpycache-spec /.test(command);

let folder = '';
let sources: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  sources = join(folder, 'bin');
  for (const name of ['bin', 'tools', 'node_modules']) mkdirSync(join(folder, name));
  for (const name of ['src', 'properties']) symlinkSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'fixtures', 'node_modules', 'pyodide-314'), join(folder, 'node_modules', 'pyodide'));
  symlinkSync(join(root, 'src', 'adapters', 'python.py'), join(folder, 'tools', 'pycache_adapter.py'));
  // A run whose output is not shown is shortened.
  const quick =
    'if [ "$QUICK" ] && [ "$1" = check ]; then shift; set -- check --runs 1 --chapter cache-tag "$@"; fi';
  const own = `${quick}\nexec '${process.execPath}' '${program}' "$@"`;
  const programs = {
    'pycache-spec': own,
    npx: `[ "$1" = pycache-spec ] || { echo "npx $1?" >&2; exit 2; }; shift\n${own}`,
    'my-adapter': `exec '${process.execPath}' '${program}' serve`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(sources, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(sources, name), 0o755);
  }
  for (const { info, text } of documents.flatMap(({ blocks }) => blocks)) {
    const title = / title=(\S+)$/.exec(info)?.[1];
    if (title !== undefined) writeFileSync(join(folder, title), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a line as a reader would, with the Python of the output shown. */
function runLine(command: string, quick: boolean, python?: string): Promise<Ended> {
  const path = [sources, ...(python === undefined ? [] : [dirname(python)]), process.env['PATH']];
  const line = command.replace('/path/to/python3.9', 'python3');
  return runProgram(['bash', '-c', `exec 2>&1; ${line}`], {
    cwd: folder,
    limit: 300_000,
    env: { PATH: path.join(delimiter), QUICK: quick ? '1' : '' },
  });
}

/** The release of the Python in the output shown. */
const shownRelease = (output: string): string | undefined => /^cpython ([\d.]+) \(/m.exec(output)?.[1];

/**
 * The shown output with the figures of the real one; undefined if they differ in more than figures.
 * @param shown with `…` for what is left out
 */
function renewed(shown: string, output: string): string | undefined {
  const parts = [
    ...shown.matchAll(/^…$\n?|…| in [\d.]+ s\b|-[\da-f]{8}\.json|(?<![\w'./-])\d+(?:[.,]\d+)*(?!\w)/gm),
  ];
  const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  let [pattern, end] = ['', 0];
  for (const { 0: part, index } of parts) {
    pattern += escaped(shown.slice(end, index)) + patternOf(part);
    end = index + part.length;
  }
  const found = new RegExp(`^${pattern}${escaped(shown.slice(end))}$`).exec(output);
  if (!found) return undefined;
  let [text, last] = ['', 0];
  parts.forEach(({ 0: part, index }, i) => {
    text += shown.slice(last, index) + (isHole(part) ? part : found[i + 1]!);
    last = index + part.length;
  });
  return text + shown.slice(last);
}

const isHole = (part: string): boolean => part.startsWith('…') || part.startsWith(' in ');

function patternOf(part: string): string {
  if (part.startsWith('…\n') || part === '…') return part === '…' ? '([^]*?)' : String.raw`((?:.*\n)*?)`;
  if (part.startsWith(' in ')) return String.raw`( in [\d.,]+ s)`;
  return part.startsWith('-') ? String.raw`(-[\da-f]{8}\.json)` : String.raw`(\d+(?:[.,]\d+)*)`;
}

describe('what is shown', () => {
  test.each<readonly [shown: string, output: string, text: string | undefined]>([
    ['a\nb', 'a\nb', 'a\nb'],
    ['a\nb', 'a\nc', undefined],
    ['a 1,234 b', 'a 22 b', 'a 22 b'],
    ['a\n…\nd 1', 'a\nb\nc\nd 2', 'a\n…\nd 2'],
    ['a …\nb', 'a x\nb', 'a …\nb'],
    ['…\nz', 'z', '…\nz'],
    ['1 call in 3.4 s', '2 call in 5 s', '2 call in 3.4 s'],
    ['x-0123abcd.json 1', 'x-9876fedc.json 1', 'x-9876fedc.json 1'],
    ["'cpython-313'", "'cpython-314'", undefined],
    ['a', 'a\nb', undefined],
  ])('%j, of %j, is %j', (shown, output, text) => expect(renewed(shown, output)).toBe(text));
});

const showing = documents
  .map((one) => ({ ...one, shown: one.blocks.flatMap(shownIn).filter(isOwn) }))
  .filter(({ shown }) => shown.length > 0);

describe.concurrent.each(showing)('$file:', ({ file, shown, text }) => {
  const needed = [...new Set(shown.flatMap(({ output }) => shownRelease(output ?? '') ?? []))];
  const pythons = new Map(
    needed.map((release) => [
      release,
      interpreters.find((one) => one.implementation === 'cpython' && formatVersion(one.version) === release),
    ]),
  );
  const lacking = needed.filter((release) => pythons.get(release) === undefined);
  const without =
    lacking.length === 0 ? '' : ` (but for those of Python ${lacking.join(', ')}, which is not here)`;

  test(`its commands run, and print what is shown${without}`, { timeout: 600_000 }, async ({ expect }) => {
    let page = text;
    for (const { command, output } of shown) {
      const release = shownRelease(output ?? '');
      const python = release === undefined ? undefined : pythons.get(release)?.executable;
      if (release !== undefined && python === undefined) continue;
      const quick = output === undefined || output === '';
      const { code, out } = await runLine(command, quick, python);
      expect([0, 1], `${command}\n${out}`).toContain(code);
      if (quick) continue;
      if (/^conformant/m.test(output)) expect(code).toBe(0);
      const printed = out.trimEnd();
      page = page.replace(
        `$ ${command}\n${output}`,
        () => `$ ${command}\n${renewed(output, printed) ?? printed}`,
      );
    }
    await expect(page).toMatchFileSnapshot(join(root, file));
  });
});

test('commands are found in blocks of every kind', () => {
  const files = showing.map(({ file }) => file);
  expect(files).toEqual(expect.arrayContaining(['README.md', 'spec/implementers.md', 'spec/start.md']));
  const readme = documentOf('README.md').blocks;
  for (const kind of [/^sh$/, /^$/]) {
    expect(
      readme
        .filter(({ info }) => kind.test(info))
        .flatMap(shownIn)
        .some(isOwn),
    ).toBe(true);
  }
});

describe('what is only named', () => {
  const { scripts, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const lines = documents.flatMap(({ file, blocks, spans }) =>
    [...blocks.flatMap(shownIn).map(({ command }) => command), ...spans].map((line) => ({ file, line })),
  );

  test('the scripts of npm are there', () => {
    const named = lines.flatMap(({ line }) => [...line.matchAll(/\bnpm (?:run ([\w:]+)|(test))\b/g)]);
    expect(named.length).toBeGreaterThan(5);
    expect(named.map(([, run, own]) => run ?? own!).filter((name) => !(name in scripts))).toEqual([]);
  });

  test('what npx runs is this command, or of a development dependency', () => {
    const named = lines.flatMap(({ line }) => [...line.matchAll(/\bnpx ([\w-]+)/g)]).map(([, name]) => name!);
    expect(named.filter((name) => name !== 'pycache-spec' && !(name in devDependencies))).toEqual([]);
  });

  test('commands and options are those of the help', async () => {
    const names = Object.keys(table);
    const helps = await Promise.all(names.map((name) => runCommand([name, '--help'])));
    const commands = new Map(names.map((name, i) => [name, helps[i]!.out]));
    const optionsOf = (usage: string): string[] => usage.match(/(?<![\w-])--?[a-z\d][a-z-]*/g) ?? [];
    const all = [...commands.values()].flatMap(optionsOf).concat('--version');
    const wrong = lines.flatMap(({ file, line }) => {
      const own = line.split(/ -- /)[0]!;
      const [, name] = /(?:^|\bnpx )pycache-spec ([a-z]+)\b/.exec(own) ?? [];
      if (name !== undefined && !commands.has(name)) return [`${file}: ${line}`];
      if (name === undefined && !/^--[a-z]/.test(own)) return [];
      const known = name === undefined ? all : optionsOf(commands.get(name)!);
      return optionsOf(own)
        .filter((option) => !known.includes(option))
        .map((option) => `${file}: ${option} in ${line}`);
    });
    expect(commands.size).toBeGreaterThan(8);
    expect(wrong).toEqual([]);
  });
});
