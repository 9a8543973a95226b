/*
 * Random walks over faults. Whatever an adapter does, a run ends, its counts add up, and it says that the subject is
 * conformant only if nothing went wrong. The faults that happened say what went wrong.
 *
 * PYCACHE_SPEC_FAULTS_SEED repeats the walks, and PYCACHE_SPEC_FAULTS_PATH repeats one schedule of the test chosen with
 * `-t`. A failure prints both.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { wholly } from '../../../fixtures/effort.ts';
import type { Shard } from '../events.ts';
import type { Verdict } from '../verdict.ts';
import { deadlinesOf, type Deadlines } from './adapter.ts';
import {
  byes,
  check,
  checkProcess,
  expectGone,
  expectSound,
  greetings,
  harmless,
  inProcess,
  misbehaving,
  outcomes,
  replies,
  type Adapter,
  type Checked,
  type Fault,
  type Options,
  type Schedule,
} from './testing.ts';

/** The possible verdicts of a run, given the faults that happened. */
function expected(fired: ReadonlySet<string>, { tally }: Checked): readonly Verdict[] {
  const is =
    (...names: readonly string[]) =>
    (name: string): boolean =>
      names.includes(name);
  const names = [...fired].filter((name) => !(name in harmless));
  const isWrong = is('wrong value', 'wrong exception');
  const isDeclined = is('skipped', 'unsupported');
  if (names.some((name) => !isWrong(name) && !isDeclined(name))) return ['adapter'];
  // Calls declined during shrinking are not counted.
  if (names.some(isDeclined)) return names.some(isWrong) ? ['incomplete', 'broken'] : ['incomplete'];
  if (names.some(isWrong)) {
    expect(tally.failures.length + tally.unsteady.length).toBeGreaterThan(0);
    // Only some rules are selected, and the fault may be about another one.
    const isAboutIt = [...tally.failures, ...tally.unsteady].some(({ rule }) =>
      tally.rules.some(({ id }) => id === rule),
    );
    return isAboutIt ? ['broken'] : ['incomplete'];
  }
  // A small selection may leave nothing for a shard to ask.
  return tally.planned === 0 ? ['incomplete'] : ['conformant'];
}

/** Rules of each kind whose inputs are drawn quickly: with one call or several, which return, raise or warn. */
const rules = [
  'like-str-method-makes-no-path',
  'like-bytes-raise',
  'like-fspath-*',
  'opt-str-method-decides',
  'opt-empty-adds-no-segment',
  'opt-str-asked-once',
  'order-both-given-before-truth',
  'order-warning-before-error',
  'debug-none-is-silent',
  'debug-false-is-level-one',
  'debug-both-given-raises',
  'path-dots-in-directories-do-not-count',
  'path-ends-in-pyc',
  'call-returns-str',
  'tag-read-at-each-call',
];
const small = fc.integer({ min: 1, max: 4 });
const when = fc.oneof(
  fc.record({ message: small }),
  fc.record({ message: small, once: fc.constant(true) }),
  fc.record({ call: fc.integer({ min: 1, max: 60 }), once: fc.boolean() }),
  fc.record({ path: fc.constantFrom('/', '.py', '\u00e9', 'b', '\\', 'a.py'), once: fc.boolean() }),
  fc.record({ start: small }),
  fc.record({ start: small, message: small }),
);
const named = (kind: object): fc.Arbitrary<string> => fc.constantFrom(...Object.keys(kind));
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ fault: named(greetings), start: fc.integer({ min: 2, max: 4 }) }) },
  { weight: 6, arbitrary: fc.tuple(named(replies), when).map(([fault, at]) => ({ fault, ...at })) },
  { weight: 6, arbitrary: fc.tuple(named(outcomes), when).map(([fault, at]) => ({ fault, ...at })) },
  { weight: 1, arbitrary: fc.record({ fault: named(byes) }) },
  { weight: 2, arbitrary: fc.tuple(named(harmless), when).map(([fault, at]) => ({ fault, ...at })) },
);
/** A fault at the first hello ends the run at once, so it is tried less often. */
const firstFault = fc.record({
  fault: named(greetings).filter((name) => name !== 'other hello'),
  start: fc.constant(1),
});
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  { weight: 30, arbitrary: fc.array(fault, { maxLength: 4 }) },
  { weight: 1, arbitrary: firstFault.map((first) => [first]) },
);
type Walk = { readonly schedule: Schedule; readonly options: Options };
const walks: fc.Arbitrary<Walk> = fc.record({
  schedule: schedules,
  options: fc
    .record({
      rule: fc.constantFrom(...rules),
      runs: fc.integer({ min: 3, max: 6 }),
      seed: fc.nat(),
      shard: fc.option(
        fc.constantFrom<Shard[]>({ index: 1, of: 2 }, { index: 2, of: 2 }, { index: 2, of: 3 }),
        { freq: 5 },
      ),
      restarts: fc.constantFrom(0, 1, 3, 10, 40),
    })
    .map(({ rule, ...rest }) => ({ selection: { rule }, ...rest })),
});

const hangs = (schedule: Schedule): boolean =>
  schedule.some(({ fault }) => ['hang', 'no hello', 'stays after bye'].includes(fault));

const { PYCACHE_SPEC_FAULTS_SEED: givenSeed, PYCACHE_SPEC_FAULTS_PATH: path } = process.env;
const seed = givenSeed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(givenSeed);

/** Runs many walks, and says how to repeat one that fails. */
async function walk<T>(
  numRuns: number,
  arbitrary: fc.Arbitrary<T>,
  go: (one: T) => Promise<void>,
  part = 0,
): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, go), {
    seed: seed + part,
    numRuns,
    ...(path === undefined ? {} : { path }),
    reporter: (details) => {
      if (!details.failed) return;
      throw new Error(
        `PYCACHE_SPEC_FAULTS_SEED=${seed} PYCACHE_SPEC_FAULTS_PATH=${details.counterexamplePath}\n${JSON.stringify(details.counterexample, undefined, 1)}\n${String((details.errorInstance as Error | null)?.message)}`,
      );
    },
  });
}

const inTime = async <T>(promise: Promise<T>, milliseconds = 30_000): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the run has not ended after ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

function expectHonest(
  checked: Checked,
  fired: ReadonlySet<string>,
  verdicts: readonly Verdict[] = expected(fired, checked),
): void {
  expectSound(checked);
  expect(verdicts, `of ${[...fired].join(', ')}`).toContain(checked.verdict);
}

const patience = (schedule: Schedule): Deadlines =>
  hangs(schedule) ? { hello: 40, call: 15, message: 30, bye: 20 } : deadlinesOf(5);

async function expectNoneRunning({ running }: Adapter): Promise<void> {
  for (let turns = 0; running() > 0 && turns < 20; turns++) await nextTurn();
  expect(running()).toBe(0);
}

const scratch = mkdtempSync(join(tmpdir(), 'pycache-spec-faults-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const inOneProcess = wholly ? 2000 : 1000;
const interruptedOnes = wholly ? 500 : 200;
const processesEach = wholly ? 60 : 25;

describe('whatever an adapter does, a run tells the truth', () => {
  test(`in ${inOneProcess} schedules of faults`, { timeout: 600_000 }, async () => {
    await walk(inOneProcess, walks, async ({ schedule, options }) => {
      const adapter = inProcess(schedule);
      const checked = await inTime(check(adapter.launch, { ...options, deadlines: patience(schedule) }));
      expectHonest(checked, adapter.fired);
      await expectNoneRunning(adapter);
    });
  });

  test(`in ${interruptedOnes} that are interrupted`, { timeout: 600_000 }, async () => {
    const interrupted = fc.tuple(walks, fc.integer({ min: 1, max: 12 }));
    await walk(interruptedOnes, interrupted, async ([{ schedule, options }, at]) => {
      const controller = new AbortController();
      let turns = 0;
      const adapter = inProcess(schedule, () => {
        turns++;
        if (turns === at) controller.abort('it was interrupted');
      });
      const { signal } = controller;
      const checked = await inTime(
        check(adapter.launch, { ...options, deadlines: patience(schedule), signal }),
      );
      const harm = [...adapter.fired].some((name) => !(name in harmless));
      // The first turn is the start. Before the hello, nobody knows whether the adapter would have sent it.
      const verdicts: Verdict[] = [
        'incomplete',
        ...(harm || at === 1 ? (['adapter'] as const) : []),
        ...(harm && checked.tally.failures.length + checked.tally.unsteady.length > 0
          ? (['broken'] as const)
          : []),
      ];
      expectHonest(checked, adapter.fired, signal.aborted ? verdicts : undefined);
      await expectNoneRunning(adapter);
    });
  });

  test.concurrent.each([1, 2])(
    `in ${processesEach} schedules with real processes, part %i of 2`,
    { timeout: 600_000 },
    async (part) => {
      await walk(
        processesEach,
        walks,
        async ({ schedule, options }) => {
          const folder = mkdtempSync(join(scratch, 'one-'));
          const deadlines = hangs(schedule) ? { call: 700, message: 1000, bye: 1000, hello: 3000 } : {};
          const command = misbehaving('scheduled.mjs', folder, JSON.stringify(schedule));
          const restarts = Math.min(options.restarts ?? 0, 3);
          const checked = await inTime(checkProcess(command, { ...options, restarts, deadlines }));
          const fired = join(folder, 'fired');
          const lines = existsSync(fired) ? readFileSync(fired, 'utf8').split('\n').slice(0, -1) : [];
          expectHonest(checked, new Set(lines.map((line) => schedule[Number(line)]!.fault)));
          await expectGone(checked.pids);
        },
        part,
      );
    },
  );
});
