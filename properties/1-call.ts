/* The laws of spec/1-call.md. */
import * as fc from './inputs/arbitraries.ts';
import { mixed, oneOf } from './inputs/draw.ts';
import type { Call } from '../src/python/call.ts';
import { str } from '../src/python/text.ts';
import { py, type Value } from '../src/python/values.ts';
import { holdsTag, raises, same, startsWith, warns } from './expect.ts';
import { call, callsAbout, optionalOptimization, unknownKeyword } from './inputs/calls.ts';
import { cacheFolder, join, path, plainPath, separatorOf } from './inputs/paths.ts';
import { aState, stateOf } from './inputs/states.ts';
import { alphanumericText, any, anyDebugOverride, anyOptimization } from './inputs/values.ts';
import { plainState } from '../src/python/interpreter.ts';
import { law, type Law } from './property.ts';
import type { Scope } from './scope.ts';
import { byPosition, givesNone, mayExist, ofRaise, where, withoutNone } from './seen.ts';
import { pieces } from './parts.ts';

/** Each parameter that has a default, with values for it. */
const defaulted = ({ release }: Scope): Record<string, fc.Arbitrary<Value>> => ({
  ...(release.has('no-debug-override') ? {} : { debug_override: anyDebugOverride(release) }),
  ...(release.has('optimization') ? { optimization: anyOptimization(release) } : {}),
});

/** Any subset of these arguments. */
const options = (scope: Scope): fc.Arbitrary<Array<[string, Value]>> =>
  fc
    .record(defaulted(scope), { requiredKeys: [] })
    .map((given) => Object.entries(given).map(([name, value]): [string, Value] => [name, value ?? null]));

/** A debug override as the second positional argument, if the release has that parameter. */
const second = ({ release }: Scope): fc.Arbitrary<Value[]> =>
  release.has('no-debug-override')
    ? fc.constant([])
    : mixed<Value>(fc.constantFrom(null, true, false), anyDebugOverride(release)).map((value) => [value]);

const windowsFolder = fc.constantFrom(
  String.raw`C:\Windows`,
  String.raw`C:\Windows\System32`,
  String.raw`C:\Users`,
  String.raw`\?\C:\Windows`,
  '.',
  '..',
);

/** Directories, a device and a link that exist on most systems. */
const existing = ({ platform }: Scope): ReadonlyArray<readonly [directory: string, name: string]> =>
  platform === 'win32'
    ? [[String.raw`C:\Windows`, 'System32']]
    : [
        ['/usr', 'bin'],
        ['/usr', 'lib'],
        ['/dev', 'fd'],
        ['/dev', 'null'],
        ['/bin', 'sh'],
        ['/proc/self', 'cwd'],
      ];

/** A path, and whether it always has a result: on Windows some texts have none. */
type Given = { readonly value: Value; readonly hasResult: boolean };

export const laws: Law[] = [
  law({
    rule: 'call-path-is-required',
    says: ({ record }) => where(record.misfit === 'missing', ...ofRaise),
    raises: true,
    input: (scope) => fc.record({ state: stateOf(scope), kwargs: options(scope) }),
    always: (scope) => [{ state: aState(scope), kwargs: [] }],
    calls: ({ state, kwargs }) => [{ state, args: [], kwargs }],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  law({
    rule: 'call-path-by-keyword',
    says: {
      decides: ({ call, record }) =>
        where(record.misfit === undefined && call.args.length === 0, ...ofRaise, ...pieces),
      twin: ({ call }) => byPosition(call),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: mixed(
          path(scope).map((value): Given => ({ value, hasResult: true })),
          any(scope.release).value.map((value): Given => ({ value, hasResult: false })),
        ),
        kwargs: oneOf(fc.constant<Array<[string, Value]>>([]), options(scope)),
        first: fc.boolean(),
      }),
    calls: ({ state, path: { value }, kwargs, first }) => [
      { state, args: [value], kwargs },
      { state, args: [], kwargs: first ? [['path', value], ...kwargs] : [...kwargs, ['path', value]] },
    ],
    holds: ({ state, path: { hasResult }, kwargs }, outcomes) => {
      same(outcomes, 1, 0);
      if (hasResult && kwargs.length === 0) holdsTag(outcomes, 1, state);
    },
  }),

  law({
    rule: 'call-debug-override-by-position',
    says: {
      decides: ({ call, record }) =>
        where(
          record.misfit === undefined && call.args.length === 2,
          ...ofRaise,
          'warnings',
          'segment',
          'extension',
        ),
      twin: ({ call }) => ({
        ...call,
        args: call.args.slice(0, 1),
        kwargs: [['debug_override', call.args[1]!], ...call.kwargs],
      }),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        debugOverride: anyDebugOverride(scope.release),
        optimization: optionalOptimization(
          scope,
          fc.option(anyOptimization(scope.release), { nil: undefined, freq: 2 }),
        ),
      }),
    calls: ({ state, path: text, debugOverride, optimization }) => {
      const model = call(state, text, { debugOverride, optimization });
      return [model, { state, args: [text, debugOverride], kwargs: model.kwargs.slice(1) }];
    },
    holds: ({ state, debugOverride, optimization }, outcomes) => {
      same(outcomes, 1, 0);
      if (typeof debugOverride === 'boolean' && optimization === undefined) holdsTag(outcomes, 1, state);
    },
  }),

  law({
    rule: 'call-optimization-is-keyword-only',
    says: ({ record, takesOptimization }) =>
      where(record.misfit === 'too-many' && takesOptimization, ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        second: second(scope),
        more: fc.array(anyOptimization(scope.release), { minLength: 1, maxLength: 3 }),
        kwargs: fc.option(anyOptimization(scope.release), { nil: undefined }),
      }),
    always: (scope) =>
      [[1n], [null], [1n, 2n]].map((more) => ({
        state: aState(scope),
        path: str('a.py'),
        second: scope.release.has('no-debug-override') ? [] : [null],
        more,
        kwargs: undefined,
      })),
    calls: ({ state, path: text, second: override, more, kwargs }) => [
      {
        state,
        args: [text, ...override, ...more],
        kwargs: kwargs === undefined ? [] : [['optimization', kwargs]],
      },
    ],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  law({
    rule: 'call-optimization-is-unknown',
    says: ({ record, takesOptimization }) =>
      where(
        !takesOptimization &&
          (record.misfit === 'too-many' ||
            (record.misfit !== undefined && record.keyword === 'optimization')),
        ...ofRaise,
      ),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        second: second(scope),
        optimization: anyOptimization(scope.release),
        byKeyword: fc.boolean(),
      }),
    calls: ({ state, path: text, second: override, optimization, byKeyword }) => [
      byKeyword
        ? { state, args: [text], kwargs: [['optimization', optimization]] }
        : { state, args: [text, ...override, optimization], kwargs: [] },
    ],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  law({
    rule: 'call-debug-override-is-gone',
    says: ({ record, takesOverride }) =>
      where(
        !takesOverride &&
          (record.misfit === 'too-many' ||
            (record.misfit !== undefined && record.keyword === 'debug_override')),
        ...ofRaise,
        'warnings',
      ),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        debugOverride: mixed<Value>(fc.constantFrom(null, true, false), anyDebugOverride(scope.release)),
        byKeyword: fc.boolean(),
        kwargs: options(scope),
      }),
    calls: ({ state, path: text, debugOverride, byKeyword, kwargs }) => [
      byKeyword
        ? { state, args: [text], kwargs: [['debug_override', debugOverride], ...kwargs] }
        : { state, args: [text, debugOverride], kwargs },
    ],
    holds: (_, outcomes) => {
      raises(outcomes, 0, 'TypeError');
      warns(outcomes, 0, []);
    },
  }),

  law({
    rule: 'call-none-is-not-given',
    says: {
      decides: ({ call, record }) =>
        where(record.misfit === undefined && givesNone(call), ...ofRaise, 'warnings', 'segment', 'extension'),
      twin: ({ call }) => withoutNone(call),
    },
    // At most one of the arguments that may be None is given, in both calls.
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        nothing: fc.constant(Object.keys(defaulted(scope)).map((name): [string, Value] => [name, null])),
        other: oneOf(
          fc.constant<Array<[string, Value]>>([]),
          ...Object.entries(defaulted(scope)).map(([name, values]) =>
            values.map((value): Array<[string, Value]> => [[name, value]]),
          ),
        ),
      }),
    calls: ({ state, path: text, nothing, other }) => {
      const rest = nothing.filter(([name]) => name !== other[0]?.[0]);
      return [
        { state, args: [text], kwargs: other },
        { state, args: [text], kwargs: [...rest, ...other] },
      ];
    },
    holds: ({ state, other }, outcomes) => {
      same(outcomes, 1, 0);
      if (other.length === 0) holdsTag(outcomes, 1, state);
    },
  }),

  law({
    rule: 'call-unknown-keyword-raises',
    says: ({ record, takesOptimization }) =>
      where(
        record.misfit === 'unknown-keyword' && (takesOptimization || record.keyword !== 'optimization'),
        ...ofRaise,
      ),
    raises: true,
    always: (scope) => [
      { state: aState(scope), path: str('a.py'), name: 'optimisation', value: str('x'), kwargs: [] },
    ],
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        name: unknownKeyword,
        value: any(scope.release).value,
        kwargs: options(scope),
      }),
    calls: ({ state, path: text, name, value, kwargs }) => [
      { state, args: [text], kwargs: [...kwargs, [name, value]] },
    ],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  law({
    rule: 'call-argument-given-twice-raises',
    says: ({ record, takesOptimization }) =>
      where(
        record.misfit === 'given-twice' && (takesOptimization || record.keyword !== 'optimization'),
        ...ofRaise,
      ),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        args: fc.tuple(path(scope), anyDebugOverride(scope.release)),
        again: scope.release.has('no-debug-override') ? fc.constant(0) : fc.constantFrom(0, 1),
        equal: fc.boolean(),
        other: any(scope.release).value,
      }),
    calls: ({ state, args, again, equal, other }) => [
      {
        state,
        args: args.slice(0, again + 1),
        kwargs: [[['path', 'debug_override'][again]!, equal ? args[again]! : other]],
      },
    ],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  law({
    rule: 'call-source-need-not-exist',
    says: {
      decides: ({ returned, beside, text }) =>
        where(returned, 'kind', ...(beside && mayExist.test(text) ? pieces : [])),
      control: ({ text, target }) =>
        mayExist.test(text)
          ? undefined
          : { state: plainState(target.version, target.platform), args: [str('a.py')], kwargs: [] },
    },
    // Links, devices, directories and files that exist on most systems, and neighbours that do not.
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        directory:
          scope.platform === 'win32'
            ? windowsFolder
            : fc.constantFrom(
                '/bin',
                '/dev',
                '/etc',
                '/proc/self',
                '/proc/self/cwd',
                '/tmp',
                '/usr/bin',
                '/usr/lib',
                '/var/run',
                '.',
                '..',
              ),
        name: mixed(
          fc.constantFrom('sh', 'env', 'null', 'stdin', 'fd', 'exe', 'passwd', 'python3', 'lock', 'none'),
          fc.string({ unit: fc.constantFrom('a', 'b', '_'), minLength: 1 }),
        ),
        extension: fc.constantFrom('', '.py'),
      }),
    always: (scope) =>
      existing(scope).map(([directory, name]) => ({ state: aState(scope), directory, name, extension: '' })),
    calls: ({ state, directory, name, extension }, scope) => [
      call(state, str(`${directory}${separatorOf(scope)}${name}${extension}`)),
    ],
    holds: ({ state, directory, name, extension }, outcomes, scope) => {
      const dot = extension === '' ? '' : '.';
      const start = `${directory}${separatorOf(scope)}${cacheFolder(scope)}${name}${dot}`;
      startsWith(outcomes, 0, join(start, state.cacheTag ?? '', '.'));
    },
  }),

  law({
    rule: 'call-same-result-each-time',
    says: ({ returned }) => where(returned, 'steadiness'),
    input: (scope) => fc.tuple(callsAbout('order', scope), callsAbout('order', scope)),
    // If a subject supports little, all drawn calls may be left out.
    always: (scope): Array<[Call, Call]> => [
      [call(aState(scope), str('a.py')), call(aState(scope), str('b.py'))],
    ],
    calls: ([one, other]): Call[] => [one, other, one, one],
    holds: (_, outcomes) => {
      same(outcomes, 2, 0);
      same(outcomes, 3, 0);
    },
  }),

  law({
    rule: 'call-returns-str',
    says: ({ returned }) => where(returned, 'class'),
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: mixed<Value>(
          plainPath(scope),
          plainPath(scope).chain((text) =>
            fc.constantFrom<Value>(
              py.object({ is: text }),
              ...(scope.release.has('path-like')
                ? [py.pathLike(text), py.pathLike(py.object({ is: text }))]
                : []),
            ),
          ),
        ),
        optimization: optionalOptimization(
          scope,
          fc.option(
            alphanumericText(scope.release).chain((text) =>
              fc.constantFrom<Value>(
                text,
                py.object({ is: text }),
                py.object({ str: text }),
                py.object({ str: py.object({ is: text }) }),
              ),
            ),
            { nil: undefined },
          ),
        ),
      }),
    always: (scope) => {
      const optimizations = scope.release.has('optimization')
        ? [undefined, py.object({ is: str('x') })]
        : [undefined];
      return [str('a.py'), py.object({ is: str('a.py') })].flatMap((path) =>
        optimizations.map((optimization) => ({ state: aState(scope), path, optimization })),
      );
    },
    calls: ({ state, path: value, optimization }) => [call(state, value, { optimization })],
    holds: ({ state }, outcomes) => holdsTag(outcomes, 0, state),
  }),
];
