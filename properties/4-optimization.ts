/* The laws of spec/4-optimization.md. */
import * as fc from './inputs/arbitraries.ts';
import { mixed, oneOf } from './inputs/draw.ts';
import type { State } from '../src/python/interpreter.ts';
import { floatText, integerDigitLimit } from '../src/python/numbers.ts';
import { unicodeVersions } from '../src/python/releases.ts';
import { Str, str } from '../src/python/text.ts';
import { symmetricDifference, boundariesOf, isAlphanumeric } from '../src/python/unicode.ts';
import { py, type Value } from '../src/python/values.ts';
import { holdsTag, raises, returns, sameResult } from './expect.ts';
import { call } from './inputs/calls.ts';
import {
  alphanumeric,
  alphanumericRanges,
  anyCharacter,
  charactersBut,
  combiningMark,
  notAlphanumeric,
} from './inputs/characters.ts';
import { cacheFolder, join, separatorOf } from './inputs/paths.ts';
import { anyLevel, aState, positiveLevel, stateOf } from './inputs/states.ts';
import { plainText, text } from './inputs/texts.ts';
import {
  alphanumericText,
  any,
  anyBytes,
  anyInteger,
  anyOptimization,
  hideable,
  raising,
} from './inputs/values.ts';
import { law, type Statement, type Law } from './property.ts';
import type { Scope } from './scope.ts';
import {
  definesTruth,
  differsByRelease,
  first,
  isAnsweredPlainly,
  isAscii,
  isKeptByComposing,
  isObject,
  isPlainObject,
  isSequence,
  kindOf,
  objectOf,
  ofRaise,
  textAsOptimization,
  where,
  withKeyword,
  withOptimization,
  withState,
  withoutTruth,
} from './seen.ts';

type Source = { readonly state: State; readonly stem: Str };

/** An interpreter's state, with any level, and the name of a plain source file. */
const source = (scope: Scope, parts: Parameters<typeof stateOf>[1] = {}): fc.Arbitrary<Source> =>
  fc.record({ state: stateOf(scope, parts), stem: plainText });

const pathOf = ({ stem }: Source, scope: Scope): Str => join('d', separatorOf(scope), stem, '.py');

/** The bytecode file of that source with a given segment. */
const fileOf = ({ state, stem }: Source, segment: Str | string, scope: Scope): Str =>
  join('d', separatorOf(scope), cacheFolder(scope), stem, '.', state.cacheTag ?? '', segment, '.pyc');

type Taken = { readonly value: Value; readonly text: Str };

/** A law about optimizations that are accepted, with the text that becomes the segment. */
const accepts = (
  rule: string,
  says: Statement,
  taken: (scope: Scope) => fc.Arbitrary<Taken>,
  always: readonly Taken[] = [],
): Law =>
  law({
    rule,
    says,
    input: (scope) => fc.record({ source: source(scope), taken: taken(scope) }),
    // Windows accepts no longer path.
    always: (scope) =>
      always
        .filter(({ text: becomes }) => scope.platform === 'posix' || becomes.units.length < 32_000)
        .map((one) => ({ source: { state: aState(scope), stem: str('a') }, taken: one })),
    calls: (one, scope) => [
      call(one.source.state, pathOf(one.source, scope), { optimization: one.taken.value }),
    ],
    holds: (one, outcomes, scope) => {
      const segment = one.taken.text.isEmpty ? '' : join('.opt-', one.taken.text);
      returns(outcomes, 0, fileOf(one.source, segment, scope));
    },
  });

/** A law about optimizations that raise. */
const refuses = (
  rule: string,
  says: Statement,
  refused: (scope: Scope) => fc.Arbitrary<Value>,
  type: string,
  always: readonly Value[] = [],
): Law =>
  law({
    rule,
    says,
    raises: true,
    input: (scope) => fc.record({ source: source(scope), value: refused(scope) }),
    always: (scope) => always.map((value) => ({ source: { state: aState(scope), stem: str('a') }, value })),
    calls: (one, scope) => [call(one.source.state, pathOf(one.source, scope), { optimization: one.value })],
    holds: (_, outcomes) => raises(outcomes, 0, type),
  });

/** The largest integer within the limit. */
const nines = '9'.repeat(integerDigitLimit);
const longest = BigInt(nines);

const taken = (value: Value, becomes: Str | string): Taken => ({ value, text: join(becomes) });

/** Alphanumeric text with one character that is not alphanumeric. */
const spoiled = (
  scope: Scope,
  spoiler: fc.Arbitrary<number> = notAlphanumeric(scope.release),
): fc.Arbitrary<Str> =>
  fc
    .tuple(
      mixed(fc.constant(Str.empty), text(alphanumeric(scope.release))),
      spoiler,
      text(alphanumeric(scope.release)),
    )
    .map(([before, point, after]) => join(before, Str.fromCodePoints([point]), after));

const emptyTexts = [Str.empty, py.object({ str: Str.empty }), py.object({ is: Str.empty })].map((value) =>
  taken(value, ''),
);
/** Texts that a wrong check may accept. */
const punctuated = [
  '_',
  '-',
  '.',
  '/',
  '\\',
  ' ',
  '\n',
  '\t',
  '\0',
  ':',
  '+',
  '-1',
  '1\n',
  ' 1',
  '../x',
  'a_b',
  '1.0',
  '%',
  '*',
].map(str);
/** Texts that change when converted to numbers, to another case, or to a normal form. */
const peculiar = [
  'Opt',
  '007',
  '0',
  '1E5',
  'TRUE',
  '\u00b2',
  '\uff12',
  '\ufb01',
  '\u01c6',
  '\u0130',
  '\u2167',
  '\u0661',
  '\u1e9b',
  '\u00df',
  '\u212b',
].map(str);
/** Letters followed by a combining mark with which they compose, and by marks of other kinds. */
const marked = [
  'e\u0301',
  'o\u0308',
  'A\u030a',
  '\u30ab\u3099',
  '\u0915\u093e',
  '\u0915\u094d',
  '1\u20e3',
  'a\ufe0f',
].map(str);

/** At most this many of the points, evenly spaced and including the first. */
function spread(points: readonly number[], most: number): number[] {
  const step = Math.max(1, points.length / most);
  return points.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

/** Splits the points into groups of this size, in order. */
const inGroups = (points: readonly number[], size: number): number[][] =>
  Array.from({ length: Math.ceil(points.length / size) }, (_, i) => points.slice(i * size, (i + 1) * size));

export const laws: Law[] = [
  accepts(
    'opt-empty-adds-no-segment',
    ({ returned, optimization, record: { text } }) =>
      where(returned && optimization !== null && text!.isEmpty, 'kind', 'segment'),
    () => fc.constantFrom(...emptyTexts),
    emptyTexts,
  ),

  law({
    rule: 'opt-none-reads-interpreter-level',
    says: {
      decides: ({ returned, optimization, override, level }) =>
        where(returned && optimization === null && override === null && level !== 0n, 'kind', 'segment'),
      twin: ({ call, level }) => withKeyword(call, 'optimization', level),
    },
    // Two levels reveal a function that caches its result.
    input: (scope) =>
      fc.record({
        source: source(scope),
        levels: fc.array(positiveLevel, { minLength: 1, maxLength: 2 }),
        given: fc.boolean(),
      }),
    calls: ({ source: one, levels, given }, scope) =>
      levels.map((optimize) =>
        call({ ...one.state, optimize }, pathOf(one, scope), given ? { optimization: null } : {}),
      ),
    holds: ({ source: one, levels }, outcomes, scope) =>
      levels.forEach((level, i) => returns(outcomes, i, fileOf(one, `.opt-${level}`, scope))),
  }),

  law({
    rule: 'opt-interpreter-level-zero-adds-no-segment',
    says: {
      decides: ({ returned, optimization, override, level }) =>
        where(returned && optimization === null && override === null && level === 0n, 'segment'),
      twin: ({ call }) => withKeyword(call, 'optimization', Str.empty),
    },
    input: (scope) =>
      fc.record({ source: source(scope, { optimize: fc.constant(0n) }), given: fc.boolean() }),
    calls: (one, scope) => [
      call(one.source.state, pathOf(one.source, scope), one.given ? { optimization: null } : {}),
    ],
    holds: (one, outcomes, scope) => returns(outcomes, 0, fileOf(one.source, '', scope)),
  }),

  accepts(
    'opt-text-becomes-segment',
    {
      decides: ({ returned, optimization, record: { text } }) =>
        where(
          returned && !text!.isEmpty,
          'segment',
          ...(optimization instanceof Str ? (['kind'] as const) : []),
        ),
      control: ({ call, optimization, record: { text } }) => {
        if (optimization === null) return withOptimization(call, 1n);
        return /^[a-z0-9]$/.test(text!.units) ? undefined : withOptimization(call, str('a'));
      },
    },
    () =>
      mixed(
        fc.constantFrom(1n, 2n, 3n, 9n).map((value) => taken(value, `${value}`)),
        fc
          .string({ unit: fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyz'), minLength: 1 })
          .map((value) => taken(str(value), value)),
      ),
  ),

  law({
    rule: 'opt-given-ignores-interpreter-level',
    says: {
      decides: ({ record: { text }, step, optimization, override, level }) =>
        where(
          (text !== undefined || step === 'text') &&
            optimization !== null &&
            override === null &&
            (level === 0n ? text?.isEmpty === false : text?.is(`${level}`) !== true),
          ...ofRaise,
          'segment',
        ),
      forbids: ({ found, got, expected }, { level }) =>
        expected.kind === 'return'
          ? found.get('segment') === (level === 0n ? '' : `.opt-${level}`)
          : got.kind === 'return' && got.value instanceof Str && got.value.units.includes(`.opt-${level}.`),
      twin: ({ call, level }) => withState(call, { optimize: level === 0n ? 1n : 0n }),
    },
    input: (scope) =>
      fc.record({
        source: source(scope),
        levels: fc.tuple(anyLevel, anyLevel),
        optimization: mixed<Value>(
          fc.constantFrom(str(''), 0n, 1n, 2n, -1n, str('x')),
          anyOptimization(scope.release).map((value) => value ?? Str.empty),
        ),
      }),
    calls: (one, scope) =>
      one.levels.map((optimize) =>
        call({ ...one.source.state, optimize }, pathOf(one.source, scope), {
          optimization: one.optimization,
        }),
      ),
    holds: ({ source: one, optimization }, outcomes) => {
      sameResult(outcomes, 1, 0);
      if (optimization === 1n || optimization === 2n) holdsTag(outcomes, 1, one.state);
    },
  }),

  accepts(
    'opt-zero-adds-a-segment',
    ({ returned, optimization, record: { text } }) =>
      where(returned && optimization !== null && text!.is('0'), 'kind', 'segment'),
    () => fc.constantFrom<Value>(0n, str('0')).map((value) => taken(value, '0')),
  ),

  accepts(
    'opt-bool-by-name',
    {
      decides: ({ returned, optimization }) =>
        where(returned && typeof optimization === 'boolean', 'kind', 'segment'),
      twin: textAsOptimization,
    },
    () => fc.boolean().map((value) => taken(value, value ? 'True' : 'False')),
  ),

  accepts(
    'opt-integer-by-its-digits',
    {
      decides: ({ returned, optimization }) =>
        where(returned && typeof optimization === 'bigint', 'kind', 'segment'),
      twin: textAsOptimization,
    },
    () =>
      oneOf(
        { arbitrary: anyInteger, weight: 20 },
        {
          arbitrary: fc
            .integer({ min: 1, max: integerDigitLimit })
            .map((digits) => BigInt('9'.repeat(digits))),
          weight: 1,
        },
      ).map((value) => {
        const size = value < 0n ? -value : value;
        return taken(size, `${size}`);
      }),
  ),

  law({
    rule: 'opt-integer-past-the-digit-limit-raises',
    says: ({ step, record: { origin } }) => where(step === 'text' && origin === 'tooLong', ...ofRaise),
    costly: true,
    input: (scope) =>
      fc.record({
        source: source(scope),
        zeros: mixed(fc.constant(integerDigitLimit), fc.integer({ min: integerDigitLimit, max: 6000 })),
        sign: fc.constantFrom(1n, -1n),
      }),
    calls: (one, scope) => {
      const tooLong = one.sign * 10n ** BigInt(one.zeros);
      return [tooLong, longest, str(`${nines}0`)].map((optimization) =>
        call(one.source.state, pathOf(one.source, scope), { optimization }),
      );
    },
    holds: (one, outcomes, scope) => {
      raises(outcomes, 0, 'ValueError');
      returns(outcomes, 1, fileOf(one.source, `.opt-${nines}`, scope));
      returns(outcomes, 2, fileOf(one.source, `.opt-${nines}0`, scope));
    },
  }),

  refuses(
    'opt-negative-raises',
    {
      decides: ({ step, optimization }) =>
        where(step === 'alphanumeric' && typeof optimization === 'bigint', 'kind', 'type'),
      twin: textAsOptimization,
    },
    () => anyInteger.map((value) => (value > 0n ? -value : value - 1n)),
    'ValueError',
  ),

  law({
    rule: 'opt-float-by-its-repr',
    says: {
      decides: ({ returned, step, optimization }) =>
        where(
          (returned || step === 'alphanumeric') && kindOf(optimization) === 'float',
          ...ofRaise,
          'segment',
        ),
      twin: textAsOptimization,
    },
    input: (scope) =>
      fc.record({
        source: source(scope),
        number: mixed(
          fc.constantFrom(
            1,
            0,
            -0,
            2,
            0.5,
            Number.NaN,
            Number.POSITIVE_INFINITY,
            Number.NEGATIVE_INFINITY,
            1e16,
            1e22,
            1e-7,
          ),
          fc.double(),
        ),
      }),
    calls: (one, scope) => [
      call(one.source.state, pathOf(one.source, scope), { optimization: py.float(one.number) }),
    ],
    holds: (one, outcomes, scope) => {
      const accepted = Number.isNaN(one.number) || one.number === Number.POSITIVE_INFINITY;
      if (accepted) returns(outcomes, 0, fileOf(one.source, `.opt-${floatText(one.number)}`, scope));
      else raises(outcomes, 0, 'ValueError');
    },
  }),

  refuses(
    'opt-other-than-alphanumeric-raises',
    ({ step }) => where(step === 'alphanumeric', 'kind', 'type'),
    (scope) => mixed(fc.constantFrom(...punctuated), spoiled(scope)),
    'ValueError',
    punctuated,
  ),

  law({
    rule: 'opt-every-character-counts',
    says: ({ step, release, record: { text } }) =>
      where(
        step === 'alphanumeric' && !text!.every((point) => !isAlphanumeric(point, release.unicode)),
        'kind',
        'type',
      ),
    // Spoils a text with the same character at its beginning, in the middle, and at its end.
    input: (scope) =>
      fc.record({
        source: source(scope),
        good: alphanumericText(scope.release),
        bad: oneOf(
          fc.constantFrom(...Array.from('_-. \n', (character) => character.charCodeAt(0))),
          notAlphanumeric(scope.release),
        ),
      }),
    calls: ({ source: one, good, bad }, scope) => {
      const spoiler = Str.fromCodePoints([bad]);
      return [good, join(spoiler, good), join(good, spoiler), join(good, spoiler, good)].map((optimization) =>
        call(one.state, pathOf(one, scope), { optimization }),
      );
    },
    holds: ({ source: one, good }, outcomes, scope) => {
      returns(outcomes, 0, fileOf(one, join('.opt-', good), scope));
      for (const spoiled_ of [1, 2, 3]) raises(outcomes, spoiled_, 'ValueError');
    },
  }),

  accepts(
    'opt-alphanumeric-is-unicode',
    ({ returned, record: { text } }) => where(returned && !isAscii(text!), 'kind'),
    (scope) =>
      fc
        .tuple(alphanumericText(scope.release), notAscii(alphanumeric(scope.release), 0xe9))
        .map(([before, point]) => join(before, Str.fromCodePoints([point])))
        .map((value) => taken(value, value)),
  ),

  law({
    rule: 'opt-alphanumeric-by-release',
    says: ({ returned, step, record: { text } }) =>
      where((returned || step === 'alphanumeric') && differsByRelease(text!), 'kind', 'type', 'segment'),
    // Characters at the ends of ranges and where versions of Unicode differ: all that are alphanumeric, and some
    // others.
    input: (scope) => {
      const own = boundariesOf('alphanumeric', scope.release.unicode);
      const others = unicodeVersions
        .map((other) => symmetricDifference(own, boundariesOf('alphanumeric', other)))
        .filter((differing) => differing.length > 0);
      const differing = fc.constantFrom(...others).chain((edges) => fc.constantFrom(...edges));
      return fc.record({
        source: source(scope),
        points: mixed(differing, anyCharacter).map((point) => [point]),
      });
    },
    always: (scope) => {
      const { unicode } = scope.release;
      const { inside, outside } = alphanumericRanges(unicode);
      const own = boundariesOf('alphanumeric', unicode);
      const elsewhere = unicodeVersions.flatMap((other) => {
        const edges = symmetricDifference(own, boundariesOf('alphanumeric', other));
        return spread(
          edges.filter((point) => !isAlphanumeric(point, unicode)),
          5,
        );
      });
      const others = new Set([...elsewhere, ...spread(outside.flat(), 60)]);
      const model = { state: aState(scope), stem: str('a') };
      return [...inGroups([...new Set(inside.flat())], 48), ...Array.from(others, (point) => [point])].map(
        (points) => ({ source: model, points }),
      );
    },
    calls: ({ source: one, points }, scope) => [
      call(one.state, pathOf(one, scope), { optimization: Str.fromCodePoints(points) }),
    ],
    holds: ({ source: one, points }, outcomes, scope) => {
      if (points.every((point) => isAlphanumeric(point, scope.release.unicode))) {
        returns(outcomes, 0, fileOf(one, join('.opt-', Str.fromCodePoints(points)), scope));
      } else raises(outcomes, 0, 'ValueError');
    },
  }),

  refuses(
    'opt-combining-marks-raise',
    ({ step, record: { text } }) =>
      where(
        step === 'alphanumeric' && /\p{M}/u.test(text!.units) && /^[\p{L}\p{N}\p{M}]+$/u.test(text!.units),
        'kind',
        'type',
      ),
    (scope) =>
      oneOf(
        fc
          .tuple(alphanumericText(scope.release), combiningMark)
          .map(([letters, mark]) => join(letters, Str.fromCodePoints([mark]))),
        fc.tuple(text(alphanumeric(scope.release)), fc.constantFrom(...marked)).map((all) => join(...all)),
      ),
    'ValueError',
    marked,
  ),

  accepts(
    'opt-text-is-kept',
    ({ returned, release, record: { text } }) =>
      where(
        returned && /^0.|[^0-9a-z]/.test(text!.units),
        'segment',
        ...(returned && !isKeptByComposing(text!, release) ? (['kind'] as const) : []),
      ),
    (scope) =>
      mixed(fc.constantFrom(...peculiar), alphanumericText(scope.release)).map((value) =>
        taken(value, value),
      ),
    // The length and the number of digits do not matter.
    [
      ...peculiar,
      ...['A', '0'].flatMap((character) =>
        [65, 256, 4097, 70_000].map((length) => str(character.repeat(length))),
      ),
    ].map((value) => taken(value, value)),
  ),

  refuses(
    'opt-punctuated-texts-raise',
    {
      decides: (seen) =>
        where(
          seen.step === 'alphanumeric' &&
            (['bytes', 'list', 'tuple'].includes(kindOf(seen.optimization)) ||
              isPlainObject(seen.written('optimization'))),
          'kind',
          'type',
        ),
      twin: textAsOptimization,
    },
    ({ release }) =>
      oneOf<fc.Arbitrary<Value>[]>(
        anyBytes,
        fc.array(mixed(anyInteger, any(release).value), { maxLength: 3 }).map((items) => py.list(...items)),
        fc.array(mixed(anyInteger, any(release).value), { maxLength: 3 }).map((items) => py.tuple(...items)),
        fc.constantFrom(py.object(), py.object({ bool: false }), py.pathLike(str('x'))),
      ),
    'ValueError',
  ),

  accepts(
    'opt-str-method-decides',
    {
      decides: (seen) =>
        where(
          (seen.returned || seen.step === 'text' || seen.step === 'alphanumeric') &&
            isObject(seen.optimization) &&
            !isPlainObject(seen.written('optimization')) &&
            isAnsweredPlainly(objectOf(seen.written('optimization'))),
          ...ofRaise,
          'segment',
        ),
      twin: textAsOptimization,
    },
    ({ release }) =>
      fc
        .record({
          text: mixed(plainText, alphanumericText(release)),
          other: mixed<Str | bigint>(fc.constantFrom(str('_'), str(''), -1n, 1n), anyInteger),
          form: fc.constantFrom('str', 'str and is', 'is', 'int'),
        })
        .map(({ text: shown, other, form }) => {
          if (form === 'str') return taken(py.object({ str: shown }), shown);
          if (form === 'str and is') return taken(py.object({ is: other, str: shown }), shown);
          return form === 'is' ? taken(py.object({ is: shown }), shown) : taken(py.object({ is: 7n }), '7');
        }),
  ),

  accepts(
    'opt-str-asked-once',
    {
      decides: (seen) =>
        where(
          (seen.record.text !== undefined || seen.step === 'text') &&
            isSequence(objectOf(seen.written('optimization'))?.str),
          ...ofRaise,
          'segment',
        ),
      twin: textAsOptimization,
    },
    ({ release }) =>
      fc
        .tuple(
          mixed(fc.constantFrom(str('one'), Str.empty), alphanumericText(release)),
          fc.array(any(release).answer, { minLength: 1, maxLength: 2 }),
        )
        .map(([first, later]) => taken(py.object({ str: py.sequence(first, ...later) }), first)),
  ),

  law({
    rule: 'opt-returned-subclass-is-asked-again',
    says: (seen) =>
      where(
        seen.record.text !== undefined &&
          objectOf(first(objectOf(seen.written('optimization'))?.str) as Value)?.is instanceof Str,
        ...ofRaise,
        'segment',
      ),
    input: (scope) =>
      fc.record({
        source: source(scope),
        held: alphanumericText(scope.release),
        // Windows rejects NUL.
        shown: mixed(
          fc.constantFrom('_', 'a/b', '', 'x').map(str),
          text(scope.platform === 'posix' ? anyCharacter : charactersBut('\0')),
        ),
      }),
    calls: ({ source: one, held, shown }, scope) =>
      [
        py.object({ str: py.object({ is: held, str: shown }) }),
        py.object({ str: py.object({ is: held }) }),
        py.object({ str: py.object({ is: join(held, '_'), str: held }) }),
        py.object({ str: py.object({ is: Str.empty, str: held }) }),
      ].map((optimization) => call(one.state, pathOf(one, scope), { optimization })),
    holds: ({ source: one, held, shown }, outcomes, scope) => {
      returns(outcomes, 0, fileOf(one, join('.opt-', shown), scope));
      returns(outcomes, 1, fileOf(one, join('.opt-', held), scope));
      raises(outcomes, 2, 'ValueError');
      returns(outcomes, 3, fileOf(one, '', scope));
    },
  }),

  law({
    rule: 'opt-str-error-passes-through',
    says: ({ step, record: { origin } }) => where(step === 'text' && origin === 'raised', ...ofRaise),
    input: (scope) => fc.record({ source: source(scope), error: raising }),
    always: (scope) => hideable.map((error) => ({ source: { state: aState(scope), stem: str('a') }, error })),
    calls: ({ source: one, error }, scope) => [
      call(one.state, pathOf(one, scope), { optimization: py.object({ str: error }) }),
    ],
    holds: ({ error }, outcomes) =>
      raises(outcomes, 0, error.type, error.type === 'KeyError' ? undefined : (error.message ?? Str.empty)),
  }),

  refuses(
    'opt-str-must-give-str',
    ({ step, record: { origin } }) => where(step === 'text' && origin === 'mistyped', ...ofRaise),
    ({ release }) =>
      mixed(
        fc.constantFrom<Value>(2n, null, true, py.bytes('2'), py.object(), py.pathLike(str('2'))),
        any(release).value.map(notText),
      ).map((value) => py.object({ str: value })),
    'TypeError',
  ),

  accepts(
    'opt-compared-with-none-by-identity',
    {
      decides: (seen) =>
        where(
          (seen.record.text !== undefined || seen.step === 'both given') &&
            definesTruth(seen.written('optimization')),
          ...ofRaise,
          'segment',
        ),
      twin: withoutTruth,
    },
    ({ release }) =>
      fc
        .record({
          shown: mixed(plainText, alphanumericText(release)),
          methods: fc.record({ eq: fc.boolean(), bool: fc.boolean() }, { requiredKeys: [] }),
        })
        .map(({ shown, methods }) => taken(py.object({ str: shown, ...methods }), shown)),
  ),

  law({
    rule: 'opt-error-shows-repr',
    says: ({ step }) => where(step === 'alphanumeric', 'message'),
    needs: ['messages'],
    input: (scope) =>
      fc.record({
        source: source(scope),
        letters: plainText,
        spoiler: fc.constantFrom(
          ...(
            [
              ['_', "'", '_'],
              ["'", '"', "'"],
              ['"', "'", '"'],
              ['\\', "'", '\\\\'],
              ['\n', "'", '\\n'],
              ['\t', "'", '\\t'],
              ['\0', "'", '\\x00'],
              ['\u007f', "'", '\\x7f'],
              ['\u00a0', "'", '\\xa0'],
              ['\u00ad', "'", '\\xad'],
              ['\u00d7', "'", '\u00d7'],
              ['\u200b', "'", '\\u200b'],
              ['\u2028', "'", '\\u2028'],
              ['\u20ac', "'", '\u20ac'],
              ['\ud800', "'", '\\ud800'],
              ['\ue000', "'", '\\ue000'],
              ['\u{1f600}', "'", '\u{1f600}'],
              ['\u{e0001}', "'", '\\U000e0001'],
              ['\u{10ffff}', "'", '\\U0010ffff'],
            ] as const
          ).map(([character, quote, shown]) => ({ character, quote, shown })),
        ),
      }),
    calls: ({ source: one, letters, spoiler }, scope) => [
      call(one.state, pathOf(one, scope), { optimization: join(letters, spoiler.character) }),
    ],
    holds: ({ letters, spoiler: { quote, shown } }, outcomes) =>
      raises(outcomes, 0, 'ValueError', join(quote, letters, shown, quote, ' is not alphanumeric')),
  }),
];

/** A value that is not a str, in place of one that is. */
function notText(value: Value): Value {
  if (value instanceof Str) return py.list(value);
  const isText =
    value !== null && typeof value === 'object' && value.kind === 'object' && value.is instanceof Str;
  return isText ? null : value;
}

function notAscii(points: fc.Arbitrary<number>, instead: number): fc.Arbitrary<number> {
  return points.map((point) => (point > 0x7f ? point : instead));
}
