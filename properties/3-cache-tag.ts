/* The laws of spec/3-cache-tag.md. */
import * as fc from './inputs/arbitraries.ts';
import { Str, str } from '../src/python/text.ts';
import { raises, startsWith } from './expect.ts';
import { call, optionalOptimization } from './inputs/calls.ts';
import { oneOf } from './inputs/draw.ts';
import { cacheFolder, dottedName, join, path } from './inputs/paths.ts';
import { aState, plainTag, stateOf, wildTag } from './inputs/states.ts';
import { component } from './inputs/texts.ts';
import { anyOptimization } from './inputs/values.ts';
import { cpythonTag } from '../src/python/interpreter.ts';
import { tagWords } from './inputs/words.ts';
import { law, type Law } from './property.ts';
import { ofRaise, where, withPath, withState } from './seen.ts';

export const laws: Law[] = [
  law({
    rule: 'tag-follows-the-name',
    says: {
      decides: ({ returned, record: { sep } }) => where(returned && sep !== '', 'tag'),
      control: ({ call }) => withPath(call, str('a.py')),
    },
    input: (scope) => fc.record({ state: stateOf(scope), dottedName: dottedName(scope) }),
    calls: ({ state, dottedName: { name } }) => [call(state, name)],
    holds: ({ state, dottedName: { base } }, outcomes, scope) =>
      startsWith(outcomes, 0, join(cacheFolder(scope), base, '.', state.cacheTag ?? '', '.')),
  }),

  law({
    rule: 'tag-none-raises',
    says: ({ step }) => where(step === 'tag', ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { cacheTag: fc.constant(null) }),
        path: path(scope),
        optimization: optionalOptimization(
          scope,
          fc.option(anyOptimization(scope.release), { nil: undefined, freq: 1 }),
        ),
      }),
    calls: ({ state, path: text, optimization }) => [call(state, text, { optimization })],
    holds: (_, outcomes) =>
      raises(outcomes, 0, 'NotImplementedError', str('sys.implementation.cache_tag is None')),
  }),

  law({
    rule: 'tag-may-be-empty',
    says: ({ returned, record: { tag } }) => where(returned && tag!.isEmpty, 'kind', 'tag'),
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { cacheTag: fc.constant(Str.empty) }),
        dottedName: dottedName(scope),
      }),
    calls: ({ state, dottedName: { name } }) => [call(state, name)],
    holds: ({ dottedName: { base } }, outcomes, scope) =>
      startsWith(outcomes, 0, join(cacheFolder(scope), base, '..')),
  }),

  law({
    rule: 'tag-is-not-checked',
    says: ({ returned, record: { tag } }) =>
      where(
        returned && !tag!.isEmpty && !/^[a-z]+-?\d*$/.test(tag!.units),
        'kind',
        'tag',
        ...(/[./\\]/.test(tag?.units ?? '') ? (['stem', 'directory', 'segment'] as const) : []),
      ),
    // On Windows a tag has the length limit and the characters of a path.
    input: (scope) =>
      fc.record({
        state: stateOf(scope, {
          cacheTag: scope.platform === 'posix' ? wildTag : oneOf(fc.constant(str('x/y')), component(scope)),
        }),
        dottedName: dottedName(scope),
      }),
    always: (scope) =>
      [
        ...tagWords,
        ...[65, 256, 4097, ...(scope.platform === 'posix' ? [70_000] : [])].map((length) =>
          str('t/'.repeat(length)),
        ),
      ].map((cacheTag) => ({
        state: { ...aState(scope), cacheTag },
        dottedName: { base: str('a'), extension: str('py'), name: str('a.py') },
      })),
    calls: ({ state, dottedName: { name } }) => [call(state, name)],
    holds: ({ state, dottedName: { base } }, outcomes, scope) =>
      startsWith(outcomes, 0, join(cacheFolder(scope), base, '.', state.cacheTag ?? '', '.')),
  }),

  law({
    rule: 'tag-read-at-each-call',
    says: {
      decides: ({ returned, release, record: { tag } }) =>
        where(returned && !tag!.equals(cpythonTag(release.version)), 'tag'),
      twin: ({ call, release }) => withState(call, { cacheTag: cpythonTag(release.version) }),
      control: ({ call }) => withState(call, { cacheTag: str('tag') }),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        tags: fc
          .tuple(plainTag(scope), plainTag(scope))
          .map(([one, other]) => [one, join(other, '2')] as const),
        dottedName: dottedName(scope),
      }),
    calls: ({ state, tags, dottedName: { name } }) =>
      tags.map((cacheTag) => call({ ...state, cacheTag }, name)),
    holds: ({ tags, dottedName: { base } }, outcomes, scope) =>
      tags.forEach((tag, i) => startsWith(outcomes, i, join(cacheFolder(scope), base, '.', tag, '.'))),
  }),
];
