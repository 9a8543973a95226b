/* Tests that the figures in the documents are those of the code and the files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cpython, readGoldens, readStateGoldens, type Captured } from '../../fixtures/goldens.ts';
import { readChapters } from '../conformance/chapters.ts';
import { packageRoot } from '../conformance/package.ts';
import { deadlinesOf } from '../conformance/subjects/adapter.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { runCommand } from '../cli/testing.ts';
import * as library from '../index.ts';
import { formatVersion, knownSeries, newestKnown, oldestKnown } from '../python/releases.ts';
import { documentOf, documents } from './testing.ts';

const chapters = readChapters();
const rules = chapters.flatMap((chapter) => chapter.rules);
const documented = rules.filter(({ level }) => level === 'documented').length;
const quirks = rules.filter(({ quirk }) => quirk !== undefined).length;
const files = chapters.map(({ name }) => readGoldens(name));
const goldens = files.reduce((sum, file) => sum + file.goldens.length, 0);
const onPosix = files[0]!.captured.filter(({ paths }) => paths === 'posix');
const builds = files[0]!.captured.filter((one) => one.paths === 'win32' && one.implementation === cpython);
const started = readStateGoldens().captured;
const startedOf = (whose: string): string =>
  listOf(started.filter(({ implementation, paths }) => implementation === whose && paths === 'posix'));
const startedOnWindows = started
  .filter(({ paths }) => paths === 'win32')
  .map(({ version }) => version)
  .join(' and ');
const span = (of: readonly Captured[]): string => `${of[0]!.version} to ${of.at(-1)!.version}`;
const listOf = (of: ReadonlyArray<Pick<Captured, 'version'>>): string =>
  `${of
    .slice(0, -1)
    .map(({ version }) => version)
    .join(', ')} and ${of.at(-1)!.version}`;
/** The exact releases of the CPythons in Pyodide. */
const inPyodide = onPosix.flatMap(({ platform }) => / with CPython (\S+)$/.exec(platform)?.[1] ?? []);
const { engines } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
  engines: { node: string };
};
const grouped = (figure: number): string => figure.toLocaleString('en-US');
const range = `CPython ${knownSeries[0]} to ${knownSeries.at(-1)}`;
const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;
const { call, message, hello, bye } = deadlinesOf(5);
const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

test.each<readonly [file: string, told: string]>([
  ['README.md', `${rules.length} rules, each with a law`],
  ['README.md', `${grouped(goldens)} captured calls`],
  ['README.md', `It covers ${range}, `],
  ['README.md', `captured from ${onPosix.length} releases of CPython, ${span(onPosix)}, on POSIX`],
  ['README.md', `from ${numbers[builds.length]} builds for Windows, ${span(builds)}, under Wine`],
  ['README.md', `Node ${engines.node.replace('>=', '')} or later`],
  ['README.md', `A subject that is newer than ${formatVersion(newestKnown).replace(/\.0$/, '')} is held`],
  ['spec/README.md', `${rules.length} rules, each stated once, for ${range}`],
  ['spec/start.md', `Of the ${rules.length} rules here, ${documented} are **documented**`],
  ['spec/start.md', `The other ${rules.length - documented} are **observed**`],
  ['spec/start.md', `${quirks} rules are **quirks**`],
  ['spec/reading.md', `${onPosix.length} releases of CPython, ${span(onPosix)}, on POSIX`],
  ['spec/reading.md', `${inPyodide.join(' and ')} in Pyodide`],
  ['spec/reading.md', `${numbers[builds.length]} builds for Windows, ${span(builds)}, under Wine`],
  ['spec/fixtures.md', `${numbers[builds.length]} builds for Windows, ${span(builds)}`],
  ['spec/9-windows.md', `Builds of CPython for Windows were asked: ${listOf(builds)}`],
  ['spec/11-state.md', `CPython ${startedOf('cpython')} on POSIX`],
  ['spec/11-state.md', `For Windows, CPython ${startedOnWindows} was started under Wine`],
  ['spec/11-state.md', `which are Python ${startedOf('pypy')}.`],
  ['spec/compatibility.md', `which is ${formatVersion(newestKnown).replace(/\.0$/, '')}:`],
  ['spec/compatibility.md', `**Older than ${formatVersion(oldestKnown)}**`],
  [
    'spec/protocol.md',
    `${seconds(call)} for one call, ${seconds(message)} for a message of several, ${seconds(hello)} for \`hello\`, ${seconds(bye)} after \`bye\``,
  ],
])('%s tells that %j', (file, told) => {
  expect(documentOf(file).text).toContain(told);
});

test('no document tells of other numbers of rules', () => {
  const told = documents
    .filter(({ file }) => file !== 'CHANGELOG.md')
    .flatMap(({ file, text, blocks }) => {
      const prose = blocks.reduce((rest, block) => rest.replace(block.text, ''), text);
      return [...prose.matchAll(/\b(\d+) rules\b(?! begin| end)/g)].map(([, figure]) => ({
        file,
        figure: Number(figure),
      }));
    });
  const known = new Set([rules.length, documented, quirks]);
  expect(told.filter(({ figure }) => !known.has(figure))).toEqual([]);
  expect(told.length).toBeGreaterThan(2);
});

test('the defaults that the documents tell are those of the help', async () => {
  const { out: help } = await runCommand(['check', '--help']);
  const defaultOf = (option: string): string =>
    new RegExp(` ${option} .*\\(default ([^)]+)\\)`).exec(help)![1]!;
  const { text } = documentOf('README.md');
  expect(text).toContain(`inputs drawn for each property, ${defaultOf('--runs N')} by default`);
  expect(text).toContain(`the time limit for one call, ${defaultOf('--timeout S')} s by default`);
  expect(text).toContain(`is restarted, ${defaultOf('--restarts N')} by default`);
  expect(documentOf('spec/protocol.md').text).toContain(`up to ${defaultOf('--restarts N')} times in a run`);
});

test.each(['README.md', 'spec/reports.md'])('%s tells every exit code', (file) => {
  const rows = [...documentOf(file).text.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));
  expect(rows).toEqual(Object.values(exitCodes).toSorted((a, b) => a - b));
});

test('the adapter in Python has some twenty lines', () => {
  const [block] = documentOf('spec/implementers.md').blocks;
  const adapter = block!.text
    .slice(block!.text.indexOf('def plain'))
    .split('\n')
    .filter((line) => line.trim() !== '');
  expect(adapter.length).toBeGreaterThan(15);
  expect(adapter.length).toBeLessThan(25);
});

describe('the calls from TypeScript', () => {
  const block = documentOf('README.md').blocks.find(({ info }) => info === 'ts')!.text;
  const calls = [...block.matchAll(/^(cacheFromSource\([^]*?\)); \/\/ (.*)$/gm)];

  /** The result of a JavaScript expression, or the message of its error. */
  const made = (source: string): unknown => {
    try {
      // oxlint-disable-next-line typescript/no-implied-eval
      const expression = new Function('cacheFromSource', 'py', `return ${source}`) as Made;
      return expression(library.cacheFromSource, library.py);
    } catch (error) {
      return `throws: ${(error as Error).message}`;
    }
  };
  type Made = (...named: readonly unknown[]) => unknown;

  test.each(calls.map(([, source, told]) => ({ source: source!, told: told! })))(
    '$source',
    ({ source, told }) => {
      expect(made(source)).toBe(told.startsWith('throws: ') ? told : made(told));
    },
  );

  test('are all of them', () => {
    expect(calls).toHaveLength(block.match(/^cacheFromSource\(/gm)!.length);
    expect(block).toMatch(/^import \{ cacheFromSource, py \} from 'pycache-spec';$/m);
  });
});
