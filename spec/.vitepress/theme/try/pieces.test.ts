import { describe, expect, test } from 'vitest';
import { Str } from '../../../../src/python/text.ts';
import { cutsOf } from '../../../../src/cli/picture.ts';
import { releaseOf } from '../../../../src/python/releases.ts';
import { recorded } from '../../../../src/reference.ts';
import { isProblem, plainForm, readForm, type Form } from './form.ts';
import { answerTo } from './answer.ts';
import { pathOf, piecesOfBytecode, piecesOfResult, piecesOfSource, type PathPiece } from './pieces.ts';
import { drawnCalls, exampleCalls } from './testing.ts';

const joined = (pieces: readonly PathPiece[]): Str =>
  Str.join(
    '',
    pieces.map(({ text }) => text),
  );

test('the pieces of a path and of its result give them', () => {
  let results = 0;
  for (const { call, target } of drawnCalls(140)) {
    const taken = recorded(call, target);
    if (taken.outcome.kind !== 'return') continue;
    const result = taken.outcome.value as Str;
    const path = pathOf(call);
    // A page displays text as JavaScript stores it.
    expect(joined(piecesOfResult(taken, target)).throughUtf16().codePoints()).toEqual(
      result.throughUtf16().codePoints(),
    );
    const source =
      path === undefined
        ? []
        : call.function === undefined
          ? piecesOfSource(path, cutsOf(taken.record, releaseOf(target.version)))
          : piecesOfBytecode(path, taken.record);
    expect(joined(source).throughUtf16().codePoints()).toEqual(
      (path ?? Str.empty).throughUtf16().codePoints(),
    );
    results++;
  }
  expect(results).toBeGreaterThan(300);
});

test('the pieces of the path of a bytecode file give it, where Python raises too', () => {
  let raised = 0;
  for (const { call, target } of [...exampleCalls(), ...drawnCalls(140)]) {
    const path = pathOf(call);
    if (call.function === undefined || path === undefined) continue;
    const { outcome, record } = recorded(call, target);
    expect(joined(piecesOfBytecode(path, record)).throughUtf16().codePoints()).toEqual(
      path.throughUtf16().codePoints(),
    );
    if (outcome.kind === 'raise') raised++;
  }
  expect(raised).toBeGreaterThan(20);
});

describe('are told apart', () => {
  test.each<[Partial<Form>, string, string]>([
    [
      { path: '/foo/bar.py', optimize: '2' },
      'directory /foo · separator / · name bar · extension .py',
      'directory /foo/ · cache folder __pycache__/ · name bar · cache tag .cpython-315 · optimization .opt-2 · extension .pyc',
    ],
    [
      { path: '.a', cacheTag: 'text', cacheTagText: 'x' },
      'dropped dot . · name a',
      'cache folder __pycache__/ · name a · cache tag .x · extension .pyc',
    ],
    [
      { path: '/s/m.py', pycachePrefix: 'text', pycachePrefixText: '/p' },
      'directory /s · separator / · name m · extension .py',
      'prefix /p/ · directory s/ · name m · cache tag .cpython-315 · extension .pyc',
    ],
    [
      { path: String.raw`C:\m.py`, platform: 'win32' },
      'directory C: · separator \\ · name m · extension .py',
      String.raw`directory C: · cache folder __pycache__\ · name m · cache tag .cpython-315 · extension .pyc`,
    ],
    [
      { path: 'a.py', version: '3.4.3', optimize: '1' },
      'name a · extension .py',
      'cache folder __pycache__/ · name a · cache tag .cpython-34 · extension .pyo',
    ],
    [
      { kind: 'value', path: "PathLike('a')" },
      'name a',
      'cache folder __pycache__/ · name a · cache tag cpython-315 · extension .pyc',
    ],
    [
      { path: '/foo/__pycache__/bar.cpython-313.opt-2.pyc' },
      'directory /foo/ · cache folder __pycache__/ · name bar · cache tag .cpython-313 · optimization .opt-2 · extension .pyc',
      'directory /foo/ · name bar · extension .py',
    ],
    [
      { path: '/p/s/m.T.pyc', pycachePrefix: 'text', pycachePrefixText: '/p' },
      'prefix /p · directory /s · separator / · name m · cache tag .T · extension .pyc',
      'directory /s/ · name m · extension .py',
    ],
    [
      { path: String.raw`C:\a\__pycache__\m..pyc`, platform: 'win32' },
      String.raw`directory C:\a${'\\'} · cache folder __pycache__\ · name m · cache tag . · extension .pyc`,
      String.raw`directory C:\a${'\\'} · name m · extension .py`,
    ],
    [{ path: '__pycache__/m.v1.T.pyc' }, 'cache folder __pycache__/ · name m.v1.T.pyc', ''],
    [
      { kind: 'call', path: "source_from_cache('a/m.T.pyc')" },
      'directory a · separator / · name m.T.pyc',
      '',
    ],
  ])('%j', (changes, source, result) => {
    const read = readForm({ ...plainForm(), ...changes });
    if (isProblem(read)) throw new Error(read.wanted);
    const { taken, pieces } = answerTo(read);
    const told = (all: readonly PathPiece[]): string =>
      all.map(({ part, text }) => `${part} ${text.units}`).join(' · ');
    expect(told(pieces.source)).toBe(source);
    expect(told(piecesOfResult(taken, read.target))).toBe(result);
  });
});
