import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { testEach } from '../../../../fixtures/present.ts';
import { program, runProgram } from '../../../../src/cli/testing.ts';
import { shellLine } from '../../../../src/cli/shell.ts';
import { displayOf } from './outcome.ts';
import { releaseOf } from '../../../../src/python/releases.ts';
import { cpythonTag } from '../../../../src/python/interpreter.ts';
import type { Str } from '../../../../src/python/text.ts';
import { answer } from '../../../../src/reference.ts';
import { commandLine, pythonProgram } from './copies.ts';
import { isProblem, plainForm, readForm, type Form, type Question } from './form.ts';
import { drawnCalls, exampleCalls } from './testing.ts';

function read(changes: Partial<Form>): Question {
  const found = readForm({ ...plainForm(), ...changes });
  if (isProblem(found)) throw new Error(found.wanted);
  return found;
}

/** What `explain` says comes back. */
const resultIn = (out: string): string | undefined => /^ {2}((?:returns|raises ) .*)$/m.exec(out)?.[1];

describe('the command line', () => {
  test('prints what the page shows', async () => {
    const asked = [...exampleCalls(), ...drawnCalls(70)].filter(
      ({ call, target }) => 'line' in commandLine(call, target),
    );
    expect(asked.length).toBeGreaterThan(300);
    const step = Math.floor(asked.length / 20);
    for (const { call, target } of asked.filter((_, i) => i % step === 0)) {
      const command = commandLine(call, target) as { line: string };
      const line = command.line.replace('npx pycache-spec', shellLine([process.execPath, program]));
      const { out, err } = await runProgram(['sh', '-c', line]);
      const outcome = answer(call, target);
      const told = (outcome.warnings ?? []).map(
        ({ category, message }) => `pycache-spec: ${category}: ${message!.units}\n`,
      );
      const { raised, text } = displayOf(outcome, releaseOf(target.version).unicode);
      expect(call.function === undefined ? [out, err] : [resultIn(out), err]).toEqual(
        call.function !== undefined
          ? [`${raised ? 'raises ' : 'returns'} ${text}`, '']
          : outcome.kind === 'return'
            ? [`${(outcome.value as Str).units}\n`, told.join('')]
            : ['', `${told.join('')}pycache-spec: ${outcome.type}: ${outcome.message!.units}\n`],
      );
    }
  });

  test.each<[Partial<Form>, string]>([
    [
      { path: "it's a.py" },
      String.raw`npx pycache-spec path --python-version 3.15.0 --platform posix 'it'\''s a.py'`,
    ],
    [
      { path: '-m.py', optimization: 'text', optimizationText: '-1' },
      'npx pycache-spec path --python-version 3.15.0 --platform posix --optimization=-1 -- -m.py',
    ],
    [
      { path: 'm.py', pycachePrefix: 'text', pycachePrefixText: '/p', cacheTag: 'none' },
      'npx pycache-spec path --python-version 3.15.0 --platform posix --no-cache-tag --pycache-prefix /p --cwd /w m.py',
    ],
    [
      { path: '/p/a/b.T.pyc', pycachePrefix: 'text', pycachePrefixText: '/p', optimize: '2', cwd: 'removed' },
      'npx pycache-spec explain --function source_from_cache --python-version 3.15.0 --platform posix --pycache-prefix /p /p/a/b.T.pyc',
    ],
  ])('%j', (changes, line) => {
    const { call, target } = read(changes);
    expect(commandLine(call, target)).toEqual({ line });
  });

  test.each<[Partial<Form>, RegExp]>([
    [{ kind: 'value', path: 'None' }, /a path that is text/],
    [{ kind: 'call', path: "cache_from_source('a', True)" }, /no other positional argument/],
    [{ kind: 'call', path: "cache_from_source('a', optimization=10**4300)" }, /optimization must be text/],
    [{ optimization: 'value', optimizationText: 'True' }, /optimization must be text/],
    [{ kind: 'value', path: String.raw`'\ud800'` }, /cannot contain such text/],
    [{ kind: 'value', path: String.raw`'a\x04'` }, /cannot contain such text/],
    [{ path: '-' }, /from stdin/],
    [{ pycachePrefix: 'text', cwd: 'removed' }, /a working directory that exists/],
    [{ pycachePrefix: 'text', cwd: 'text', cwdText: 'x' }, /an absolute working directory/],
    [{ optimize: '-1' }, /does not accept level/],
  ])('there is none of %j', (changes, reason) => {
    const { call, target } = read(changes);
    expect(commandLine(call, target)).toEqual({ none: expect.stringMatching(reason) });
  });
});

/** For any release: the programs set the version to one that has all the features they use. */
const programs: ReadonlyArray<Partial<Form>> = [
  { path: '/foo/bar.py', optimization: '2' },
  { path: 'a.b.py', cacheTag: 'text', cacheTagText: 'x"\'y' },
  { kind: 'value', path: "PathLike('/a.py')" },
  { path: './m.py', pycachePrefix: 'text', pycachePrefixText: '/p', cwd: 'text', cwdText: '/tmp' },
  { kind: 'value', path: String.raw`'\u00e9\n'` },
  { path: '/foo/__pycache__/bar.T.opt-1.pyc' },
];

describe('the program prints what the page shows', () => {
  testEach('to this interpreter', {}, async ({ executable, version, inPyodide }) => {
    // Pyodide has another working directory.
    if (inPyodide) return;
    for (const changes of programs) {
      const { call, target } = read({ ...changes, version: version.slice(0, 3).join('.') });
      const source = pythonProgram(call, target);
      const { stdout } = await promisify(execFile)(executable, ['-X', 'utf8', '-c', source]);
      const { text } = displayOf(answer(call, target), releaseOf(target.version).unicode);
      expect(stdout.trimEnd().replaceAll('\n', String.raw`\n`)).toBe(text);
    }
  });

  test('says what it cannot do', () => {
    const { call, target } = read({ kind: 'value', path: 'Object(str=1)', optimize: '2', platform: 'win32' });
    expect(cpythonTag(target.version).equals(call.state.cacheTag!)).toBe(true);
    expect(pythonProgram(call, target).split('\n')).toEqual([
      '# Python 3.15.0 on Windows, with -OO',
      'from importlib.util import cache_from_source',
      '',
      '# Object, Raises and Sequence stand for a class with methods that do so',
      '',
      'print(cache_from_source(Object(str=1)))',
    ]);
  });
});
