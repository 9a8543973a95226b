/*
 * A list of known failures hides no regression. The implementations here differ by design, or have faults that are in
 * the list, and then get one more fault.
 */
import { describe, expect, test } from 'vitest';
import type { Call, Outcome } from '../../python/call.ts';
import { callSource, stateSource } from '../../python/source.ts';
import { Str, str } from '../../python/text.ts';
import { answer } from '../../reference.ts';
import type { Tally } from '../books.ts';
import { defaultRuns } from '../defaults.ts';
import { applicableTo, chapters, check, subject, target, type Wrong } from '../testing.ts';
import { verdictOf } from '../verdict.ts';
import { applyKnownFailures } from './apply.ts';
import { excusesOf } from './excuses.ts';
import { nameOf, parseKnownFailures, type KnownFailures } from './file.ts';
import { updateKnownFailures } from './update.ts';

const seeds = Number(process.env['PYCACHE_SPEC_SEEDS'] ?? 1);
/** A few inputs are enough when the tests run as usual. */
const runs = seeds > 1 ? defaultRuns : 10;
const allRules = chapters.flatMap(({ rules }) => rules.map(({ id }) => id));
const today = '2026-06-15';

/** Wrong functions: `ofPath` and `ofOptimization` change an argument, `ofResult` changes the returned path. */
const ofPath =
  (change: (text: string) => string): Wrong =>
  (call, right) => {
    const [path] = call.args;
    if (!(path instanceof Str) || path.hasSurrogates) return right;
    const changed = change(path.units);
    return changed === path.units
      ? right
      : answer({ ...call, args: call.args.with(0, str(changed)) }, target);
  };
const ofOptimization =
  (change: (value: Call['args'][number]) => Call['args'][number]): Wrong =>
  (call, right) =>
    call.kwargs.some(([name]) => name === 'optimization')
      ? answer(
          {
            ...call,
            kwargs: call.kwargs.map(([name, value]) => [
              name,
              name === 'optimization' ? change(value) : value,
            ]),
          },
          target,
        )
      : right;
const ofResult =
  (change: (text: string, call: Call) => string): Wrong =>
  (call, right) =>
    right.kind === 'return' && right.value instanceof Str && !right.value.hasSurrogates
      ? { ...right, value: str(change(right.value.units, call)) }
      : right;
const raises = (type: string, message: string): Outcome => ({
  kind: 'raise',
  type,
  message: str(message),
  warnings: [],
});

const regressions: Readonly<Record<string, Wrong>> = {
  'the end of the path is trimmed': ofPath((text) => text.trimEnd()),
  'slashes become one': ofPath((text) => text.replaceAll(/\/+/g, '/')),
  'the path is in lower case': ofPath((text) => text.toLowerCase()),
  'the path is cut at NUL': ofPath((text) => text.replace(/\0.*/s, '')),
  'a backslash separates': ofPath((text) => text.replaceAll('\\', '/')),
  'the first dot ends the name': ofPath((text) => text.replace(/^((?:.*\/)?[^/.]+)\.[^/]*$/s, '$1.py')),
  'the optimization is in lower case': ofOptimization((value) =>
    value instanceof Str && !value.hasSurrogates ? str(value.units.toLowerCase()) : value,
  ),
  'one is true': ofOptimization((value) => (value === 1n ? true : value)),
  'letters beyond ASCII are refused': (call, right) =>
    call.kwargs.some(
      ([name, value]) => name === 'optimization' && value instanceof Str && /[^\0-~]/.test(value.units),
    )
      ? raises('ValueError', 'not alphanumeric')
      : right,
  'level two is .pyo': ofResult((text) => text.replace(/\.opt-2\.pyc$/, '.pyo')),
  'a prefix with a separator at its end is ignored': (call, right) =>
    call.state.pycachePrefix?.units.endsWith('/') === true
      ? answer({ ...call, state: { ...call.state, pycachePrefix: null } }, target)
      : right,
  'no tag is a ValueError': (_, right) =>
    right.kind === 'raise' && right.type === 'NotImplementedError' ? { ...right, type: 'ValueError' } : right,
};

/** Text with surrogates is rejected by design. */
const byDesign: Wrong = (call, right) =>
  `${callSource(call)} ${stateSource(call.state)}`.includes(String.raw`\ud`)
    ? raises('UnicodeEncodeError', 'surrogates not allowed')
    : right;

const both =
  (...all: readonly Wrong[]): Wrong =>
  (call, right) => {
    for (const one of all) {
      const outcome = one(call, right);
      if (outcome !== right) return outcome;
    }
    return right;
  };

async function checked(
  wrong: Wrong,
  list: KnownFailures | undefined,
  seed: number,
  thorough = false,
): Promise<Tally> {
  const judge = (tally: Tally): ReturnType<typeof applyKnownFailures> =>
    applyKnownFailures(list ?? { file: 'known.txt', comments: [], entries: [] }, tally, allRules, today);
  const { tally } = await check(subject(wrong), {
    runs,
    seed,
    known: { excuses: excusesOf(list ?? { entries: [] }), judge, thorough },
  });
  return tally;
}

const verdictOfRun = async (...of: Parameters<typeof checked>): Promise<readonly [string, string]> => {
  const tally = await checked(...of);
  const broken = tally.failures
    .filter(({ known }) => known === null)
    .map(({ rule, calls }) => `${rule} ${JSON.stringify(calls.at(-1))}`);
  return [
    verdictOf(tally),
    [...broken, ...tally.known!.stale.map(({ why }) => why), ...tally.open].join('; '),
  ];
};

/** The seeds, starting with `first`. */
const some = (first: number): number[] => Array.from({ length: seeds }, (_, i) => first + i);

const pattern = parseKnownFailures(
  String.raw`call *\ud*
  kind: by-design
  reason: text with surrogates is refused`,
  'known.txt',
);

describe('where surrogates are refused by design', { timeout: 600_000 }, () => {
  test('the list makes it conformant, and rules that fail there do not count as passed', async () => {
    for (const seed of some(1)) {
      const tally = await checked(byDesign, pattern, seed);
      expect([seed, verdictOf(tally), tally.failures.filter(({ known }) => known === null)]).toEqual([
        seed,
        'conformant',
        [],
      ]);
      expect(tally.failures.length).toBeGreaterThan(0);
      const { documented, observed } = tally.scores;
      expect(documented.passed + observed.passed).toBeLessThan(applicableTo(target).length);
    }
  });

  test.each(Object.keys(regressions))('%s: not conformant', async (name) => {
    for (const seed of some(100)) {
      const [verdict] = await verdictOfRun(both(byDesign, regressions[name]!), pattern, seed);
      expect([seed, verdict]).toEqual([seed, 'broken']);
    }
  });
});

/** A list of everything that is wrong, made by updates until three seeds in a row show nothing new. */
async function listOf(wrong: Wrong, seed: number): Promise<KnownFailures> {
  const read = (text: string): KnownFailures => parseKnownFailures(text, 'known.txt', { drafts: true });
  let list = read(updateKnownFailures(undefined, await checked(wrong, undefined, seed, true), allRules).text);
  for (let other = 1, quiet = 0; quiet < 3 && other <= 20; other++) {
    const young = new Set(list.entries.map(nameOf));
    const tally = await checked(wrong, list, other, true);
    const { text, added } = updateKnownFailures(list, tally, allRules, { adds: true, young });
    const before = JSON.stringify(list.entries.map(({ lines }) => lines));
    list = read(text);
    quiet =
      added.length === 0 && JSON.stringify(list.entries.map(({ lines }) => lines)) === before ? quiet + 1 : 0;
  }
  return read(
    list.entries
      .map(({ lines }) => lines.join('\n').replace(/ {2}reason:$/m, '  reason: known'))
      .join('\n\n'),
  );
}

const tools: ReadonlyArray<readonly [known: readonly string[], further: string]> = [
  [['the end of the path is trimmed', 'one is true', 'no tag is a ValueError'], 'slashes become one'],
  [['slashes become one', 'letters beyond ASCII are refused'], 'the end of the path is trimmed'],
  [['the first dot ends the name', 'level two is .pyo'], 'the path is in lower case'],
  [['the path is in lower case', 'a prefix with a separator at its end is ignored'], 'a backslash separates'],
];

describe('where faults are listed', { timeout: 3_000_000 }, () => {
  test.each(tools.slice(0, seeds > 1 ? tools.length : 1))('%j, and further %s', async (known, further) => {
    const wrong = both(...known.map((name) => regressions[name]!));
    const list = await listOf(wrong, 1);
    if (seeds > 1) console.log(list.entries.map(({ lines }) => lines.join('\n')).join('\n\n'));
    const came: Array<readonly [string, string]> = [];
    for (const seed of some(1000)) {
      came.push(
        await verdictOfRun(wrong, list, seed),
        await verdictOfRun(both(wrong, regressions[further]!), list, seed),
      );
    }
    if (seeds > 1)
      console.log(came.filter(([verdict], i) => verdict !== (i % 2 === 0 ? 'conformant' : 'broken')));
    expect(came.map(([verdict]) => verdict)).toEqual(some(0).flatMap(() => ['conformant', 'broken']));
  });
});
