/* The laws of spec/1-call.md. */
import fc from 'fast-check';
import { mixed, oneOf } from './inputs/draw.ts';
import type { Call } from '../src/python/call.ts';
import { Str, str } from '../src/python/text.ts';
import { py, type Value } from '../src/python/values.ts';
import { Broken, raises, same, startsWith } from './expect.ts';
import { call, callsAbout, unknownKeyword } from './inputs/calls.ts';
import { join, path, plainPath } from './inputs/paths.ts';
import { stateOf } from './inputs/states.ts';
import { alphanumericText, any, anyDebugOverride, anyOptimization } from './inputs/values.ts';
import { law, type Law, type Scope } from './property.ts';

/** Each of these arguments given or not. */
const options = ({ release }: Scope): fc.Arbitrary<Array<[string, Value]>> =>
  fc
    .record(
      { debug_override: anyDebugOverride(release), optimization: anyOptimization(release) },
      { requiredKeys: [] },
    )
    .map((given) => Object.entries(given));

export const laws: Law[] = [
  law({
    rule: 'call-path-is-required',
    input: (scope) => fc.record({ state: stateOf(scope), kwargs: options(scope) }),
    calls: ({ state, kwargs }) => [{ state, args: [], kwargs }],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  law({
    rule: 'call-path-by-keyword',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: mixed<Value>(path, any(scope.release).value),
        kwargs: options(scope),
        first: fc.boolean(),
      }),
    calls: ({ state, path: value, kwargs, first }) => [
      { state, args: [value], kwargs },
      { state, args: [], kwargs: first ? [['path', value], ...kwargs] : [...kwargs, ['path', value]] },
    ],
    holds: (_, outcomes) => same(outcomes, 1, 0),
  }),

  law({
    rule: 'call-debug-override-by-position',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
        debugOverride: anyDebugOverride(scope.release),
        optimization: fc.option(anyOptimization(scope.release), { nil: undefined, freq: 2 }),
      }),
    calls: ({ state, path: text, debugOverride, optimization }) => {
      const model = call(state, text, { debugOverride, optimization });
      return [model, { state, args: [text, debugOverride], kwargs: model.kwargs.slice(1) }];
    },
    holds: (_, outcomes) => same(outcomes, 1, 0),
  }),

  law({
    rule: 'call-optimization-is-keyword-only',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
        debugOverride: mixed<Value>(fc.constantFrom(null, true, false), anyDebugOverride(scope.release)),
        more: fc.array(anyOptimization(scope.release), { minLength: 1, maxLength: 3 }),
        kwargs: fc.option(anyOptimization(scope.release), { nil: undefined }),
      }),
    calls: ({ state, path: text, debugOverride, more, kwargs }) => [
      {
        state,
        args: [text, debugOverride, ...more],
        kwargs: kwargs === undefined ? [] : [['optimization', kwargs]],
      },
    ],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  law({
    rule: 'call-none-is-not-given',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
        both: fc.boolean(),
        other: oneOf(
          fc.record({ optimization: anyOptimization(scope.release) }),
          fc.record({ debugOverride: anyDebugOverride(scope.release) }),
        ),
      }),
    calls: ({ state, path: text, both, other }) =>
      both
        ? [call(state, text), call(state, text, { debugOverride: null, optimization: null })]
        : [
            call(state, text, other),
            call(state, text, { debugOverride: null, optimization: null, ...other }),
          ],
    holds: (_, outcomes) => same(outcomes, 1, 0),
  }),

  law({
    rule: 'call-unknown-keyword-raises',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
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
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        args: fc.tuple(path, anyDebugOverride(scope.release)),
        again: fc.constantFrom(0, 1),
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
    // Links, devices, directories and files that exist on most systems, and neighbours of theirs that do not.
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        directory: fc.constantFrom(
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
    calls: ({ state, directory, name, extension }) => [call(state, str(`${directory}/${name}${extension}`))],
    holds: ({ state, directory, name, extension }, outcomes) => {
      const dot = extension === '' ? '' : '.';
      startsWith(outcomes, 0, join(`${directory}/__pycache__/${name}${dot}`, state.cacheTag ?? '', '.'));
    },
  }),

  law({
    rule: 'call-same-result-each-time',
    input: (scope) => fc.tuple(callsAbout('order', scope), callsAbout('order', scope)),
    calls: ([one, other]): Call[] => [one, other, one, one],
    holds: (_, outcomes) => {
      same(outcomes, 2, 0);
      same(outcomes, 3, 0);
    },
  }),

  law({
    rule: 'call-returns-str',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: mixed<Value>(
          plainPath,
          plainPath.chain((text) =>
            fc.constantFrom(py.object({ is: text }), py.pathLike(text), py.pathLike(py.object({ is: text }))),
          ),
        ),
        optimization: fc.option(
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
      }),
    calls: ({ state, path: value, optimization }) => [call(state, value, { optimization })],
    holds: (_, outcomes) => {
      const [outcome] = outcomes;
      if (!(outcome?.kind === 'return' && outcome.value instanceof Str)) throw new Broken(0, 'a str');
    },
  }),
];
