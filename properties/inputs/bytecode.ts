/* Inputs of the way back: paths of bytecode files, and what is nearly one. */
import fc from 'fast-check';
import type { Call } from '../../src/python/call.ts';
import { plainState, type State } from '../../src/python/interpreter.ts';
import { str } from '../../src/python/text.ts';
import { py, type Value } from '../../src/python/values.ts';
import type { Scope } from '../scope.ts';
import { anyText } from './texts.ts';
import { anyPathValue } from './values.ts';

const piece = fc.oneof(
  {
    arbitrary: fc.constantFrom('a', '', 'mod', 'T', 'cpython-313', 'pypy311', 'pyc', 'pyo', 'py'),
    weight: 6,
  },
  {
    arbitrary: fc.constantFrom('opt-1', 'opt-', 'opt-_', 'opt-é', 'opt-²', 'OPT-1', 'opt', 'xopt-1'),
    weight: 4,
  },
  { arbitrary: anyText.map(({ units }) => `opt-${units}`), weight: 1 },
  { arbitrary: anyText.map(({ units }) => units), weight: 1 },
);
const name = fc
  .oneof(
    { arbitrary: fc.array(piece, { minLength: 3, maxLength: 4 }), weight: 4 },
    { arbitrary: fc.array(piece, { maxLength: 6 }), weight: 1 },
  )
  .map((pieces) => pieces.join('.'));
const separator = fc.oneof(
  { arbitrary: fc.constant('/'), weight: 6 },
  fc.constantFrom('\\', '//', '\\/', ''),
);
const folder = fc.oneof(
  { arbitrary: fc.constant('__pycache__'), weight: 4 },
  fc.constantFrom('a', '', '.', '__PYCACHE__', '__pycache__ ', 'x__pycache__', '/p', '/p/a', '\\p\\a', 'C:'),
);
const posix = '/ // a /a a/b a// ./a /p /p/a /p/__pycache__ p /px 𐐀'.split(' ');
const windows = String.raw`\ \a C: C:\ C:\a c:\p\a C:\p C:\p\a \\s\h \\?\C:\a é:\a`.split(' ');
const directory = fc.constantFrom('', 'a\0', ...posix, ...windows);
const text = fc.oneof(
  {
    arbitrary: fc.tuple(directory, separator, folder, separator, name).map((parts) => str(parts.join(''))),
    weight: 8,
  },
  { arbitrary: fc.tuple(folder, separator, name).map((parts) => str(parts.join(''))), weight: 2 },
  { arbitrary: anyText, weight: 1 },
);
const prefixes = [
  '',
  ...String.raw`/ /p /p/ /p// p . /p/a /p/__pycache__ 𐐀 \ \p C: C:\ C:\p C:\p\ C:\p/ c:\p C:/p`.split(' '),
];

/** Calls, most of them near the form: a folder, a name with dots, a prefix or none. */
export function callsBack(scope: Scope): fc.Arbitrary<Call> {
  const path: fc.Arbitrary<Value> = fc.oneof(
    { arbitrary: text, weight: 12 },
    { arbitrary: text.map((one) => py.pathLike(one)), weight: 1 },
    { arbitrary: text.map((one) => py.object({ is: one })), weight: 1 },
    { arbitrary: anyPathValue(scope), weight: 1 },
  );
  const args = fc.oneof(
    { arbitrary: path.map((one) => [[one], []] as const), weight: 20 },
    { arbitrary: path.map((one) => [[], [['path', one]]] as const), weight: 1 },
    path.map((one) => [[one, one], []] as const),
    path.map((one) => [[], [['paths', one]]] as const),
    fc.constant([[], []] as const),
  );
  const state = fc
    .record({
      tag: fc.oneof(
        { arbitrary: fc.constantFrom('T', 'cpython-313'), weight: 20 },
        fc.constantFrom(null, ''),
      ),
      prefix: fc.oneof(fc.constant(null), fc.constantFrom(...prefixes)),
    })
    .map(({ tag, prefix }): State => ({
      ...plainState(scope.release.version, scope.platform),
      cacheTag: tag === null ? null : str(tag),
      pycachePrefix: prefix === null ? null : str(prefix),
    }));
  return fc.tuple(args, state).map(([[args, kwargs], state]): Call => ({ args, kwargs, state }));
}
