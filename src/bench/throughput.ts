/* The speed of a check, compared with what it is built on: the adapter, the pipe, the function itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { toLine, type Json } from '../conformance/codec.ts';
import type { Hello } from '../conformance/features.ts';
import { packageRoot, packageVersion } from '../conformance/package.ts';
import { targetOf } from '../conformance/plan.ts';
import { count, grouped } from '../conformance/reports/wording.ts';
import { plainState } from '../python/interpreter.ts';
import { formatVersion } from '../python/releases.ts';
import type { Target } from '../reference.ts';
import { record, timedCheck, type Checking } from './checked.ts';
import { asLines, openFunctions, type Calls, type Compared, type Functions } from './functions.ts';
import { openPipe, type Pipe } from './pipe.ts';
import { cellsOf, ratioOf, spreadOf, table, type Series, type Spread } from './table.ts';

export type Bench = Checking & {
  /** The executable that runs the adapter of `command`. */
  readonly python: string;
  readonly rounds: number;
  /** Called with progress messages. */
  readonly tell: (text: string) => void;
};

/**
 * The number of prepared calls that are sent one at a time. A check with one call per message is measured on one part
 * in `part`.
 */
const singles = 5000;
const part = 10;
/** The minimum number of calls over which a function's rate is measured. If there are fewer, they are repeated. */
const enough = 20_000;

/** The measurements of a round. Rates are in calls per second. */
type Round = {
  /** Seconds from the adapter's start to its hello. */
  readonly start: number;
  readonly ceiling: number;
  readonly check: number;
  readonly lockstep: number;
  readonly bareLockstep: number;
  readonly plainReference: number;
  readonly plainOwn: number;
  readonly allReference: number;
  readonly allOwn: number;
  /** The seconds of a default check, as a whole process. */
  readonly command: number;
};

/**
 * Measures in rounds. Each round measures everything in turn, so that other load on the machine affects all
 * measurements.
 *
 * @returns the tables, and for each aim whether it is reached
 * @throws Error if the Python is not conformant or an adapter ends
 */
export async function throughput(bench: Bench): Promise<string> {
  const { python, rounds, runs, seed, tell } = bench;
  tell('a check whose messages are noted');
  const { hello, material } = await prepare(bench);
  const functions = await openFunctions(python, targetOf(hello));
  const done: Round[] = [];
  try {
    for (let round = 1; round <= rounds; round++) {
      tell(`round ${round} of ${rounds}`);
      done.push(await measure(bench, material, functions));
    }
  } finally {
    await functions.close();
  }

  const { implementation, python: version, platform } = hello;
  const { all, messages } = material;
  const facts = [
    `pycache-spec ${packageVersion()} on Node ${process.versions.node}, ${count(availableParallelism(), 'processor')}`,
    `${implementation.name} ${implementation.version} (Python ${formatVersion(version)}, ${platform})`,
    `${count(all.number, 'call')} in ${count(messages.number, 'message')}: ${count(runs, 'run')} per property, seed ${seed}`,
    `medians of ${count(rounds, 'round')}, and the range of the rounds`,
  ];
  return [facts.join('\n'), figures(done, material), targets(done)].join('\n\n');
}

/** What a check sends, as text. */
type Material = {
  readonly hello: string;
  readonly bye: string;
  readonly messages: { readonly number: number; readonly text: Buffer };
  /** Messages with a single call. */
  readonly single: readonly string[];
  readonly plain: Calls;
  readonly all: Calls;
};

async function prepare(checking: Checking): Promise<{ hello: Hello; material: Material }> {
  const { checked, script } = await record(checking);
  const { hello, messages, bye } = script;
  const calls = messages.flatMap((line) => (JSON.parse(line) as { calls: Json[] }).calls);
  const target = targetOf(checked.hello);
  const material = {
    hello,
    bye,
    messages: { number: messages.length, text: Buffer.from(messages.join('')) },
    single: evenly(calls, singles).map((call, i) => `${toLine({ op: 'call', seq: i + 1, calls: [call] })}\n`),
    plain: asLines(calls.filter((call) => isPlain(call, target))),
    all: asLines(calls),
  };
  return { hello: checked.hello, material };
}

async function measure(bench: Bench, material: Material, functions: Functions): Promise<Round> {
  const { messages, single, plain, all } = material;
  const alone = await timePipe(bench, material, (pipe) => pipe.ask(messages.text, messages.number));
  const check = await timedCheck(bench);
  if (check.calls !== all.number) {
    throw new Error(`a check with seed ${bench.seed} sent ${check.calls} calls, and ${all.number} before`);
  }
  const lockstep = await timedCheck(bench, { inLockstep: true, shard: { index: 1, of: part } });
  const bare = await timePipe(bench, material, async (pipe) => {
    for (const line of single) await pipe.ask(line, 1);
  });
  const onPlain = await rates(functions, plain);
  const onAll = await rates(functions, all);
  return {
    start: alone.start,
    ceiling: all.number / alone.seconds,
    check: check.calls / check.seconds,
    // The time before the first message is excluded, because it would weigh more in a part of a check.
    lockstep: lockstep.calls / lockstep.asking,
    bareLockstep: single.length / bare.seconds,
    plainReference: onPlain.reference,
    plainOwn: onPlain.own,
    allReference: onAll.reference,
    allOwn: onAll.own,
    command: await timeCommand(bench),
  };
}

/** The seconds that `ask` takes after the adapter's hello, and the adapter's start time up to the hello. */
export async function timePipe(
  { command }: Pick<Checking, 'command'>,
  { hello, bye }: Pick<Material, 'hello' | 'bye'>,
  ask: (pipe: Pipe) => Promise<unknown>,
): Promise<{ start: number; seconds: number }> {
  const begun = performance.now();
  const pipe = await openPipe(command);
  await pipe.ask(hello, 1);
  const greeted = performance.now();
  await ask(pipe);
  const ended = performance.now();
  await pipe.close(bye);
  return { start: (greeted - begun) / 1000, seconds: (ended - greeted) / 1000 };
}

/**
 * The rates of the reference and of Python's own function in calls per second, over enough calls to measure.
 * @throws Error if there are no calls
 */
async function rates(functions: Functions, calls: Calls): Promise<Compared> {
  if (calls.number === 0) throw new Error('a check of so few runs has no plain call; give more --runs');
  const passes = Math.ceil(enough / calls.number);
  let [reference, own] = [0, 0];
  for (let pass = 0; pass < passes; pass++) {
    const seconds = await functions.compare(calls);
    reference += seconds.reference;
    own += seconds.own;
  }
  return { reference: (passes * calls.number) / reference, own: (passes * calls.number) / own };
}

/** The seconds of the command `check` with its default runs. */
async function timeCommand({ python, seed }: Bench): Promise<number> {
  const command = [join(packageRoot(), 'src', 'cli', 'pycache-spec.mjs'), 'check', '--python', python];
  const begun = performance.now();
  const child = spawn(process.execPath, [...command, '--seed', String(seed)], { stdio: 'ignore' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`pycache-spec check --python ${python} --seed ${seed} ended with exit code ${code}`);
  return (performance.now() - begun) / 1000;
}

/** Whether a call passes only a str, to an interpreter in its default state, in any working directory. */
export function isPlain(call: Json, { version, platform }: Target): boolean {
  const {
    env,
    args,
    kwargs,
    function: name,
  } = call as { env: Record<string, Json>; args: Json[]; kwargs?: Json; function?: Json };
  return (
    name === undefined &&
    args.length === 1 &&
    typeof args[0] === 'string' &&
    kwargs === undefined &&
    env['cache_tag'] === plainState(version, platform).cacheTag?.units &&
    env['optimize'] === 0 &&
    env['pycache_prefix'] === null
  );
}

/** At most this many of the items, evenly spaced. */
export const evenly = <T>(all: readonly T[], most: number): T[] =>
  all.filter((_, i) => Math.floor((i * most) / all.length) !== Math.floor(((i - 1) * most) / all.length));

const seriesOf = (rounds: readonly Round[], of: keyof Round): Series => rounds.map((round) => round[of]);

function figures(rounds: readonly Round[], { single, plain, all }: Material): string {
  const row = (name: string, of: keyof Round): string[] => [name, ...cellsOf(spreadOf(seriesOf(rounds, of)))];
  return [
    table([
      ['', 'calls/s', 'range'],
      row('a  the adapter alone: the same messages, made beforehand', 'ceiling'),
      row('b  check, from the hello to the last verdict', 'check'),
      row('c  the same, but one call a message', 'lockstep'),
      row(`   the adapter alone, ${grouped(single.length)} messages of one call`, 'bareLockstep'),
      row(`d  the reference, ${grouped(plain.number)} plain calls`, 'plainReference'),
      row('   Python itself, the same', 'plainOwn'),
      row(`   the reference, all ${grouped(all.number)} calls`, 'allReference'),
      row('   Python itself, the same', 'allOwn'),
    ]),
    table([
      ['', 'seconds', 'range'],
      row('the adapter, from its start to its hello', 'start'),
      row('the command check with its default runs, the whole process', 'command'),
    ]),
  ].join('\n\n');
}

type Goal = { readonly text: string; isReached(figure: number): boolean };
const atLeast = (least: number): Goal => ({
  text: `at least ${least}`,
  isReached: (figure) => figure >= least,
});
const above = (least: number): Goal => ({ text: `above ${least}`, isReached: (figure) => figure > least });
const aim = (least: number): Goal => ({ text: `aim ${least}`, isReached: (figure) => figure >= least });
const under = (most: number): Goal => ({ text: `under ${most}`, isReached: (figure) => figure < most });

function targets(rounds: readonly Round[]): string {
  const rows = (name: string, spread: Spread, ...goals: readonly Goal[]): string[][] =>
    goals.map((goal, i) => [
      ...(i === 0 ? [name, ...cellsOf(spread)] : ['', '', '']),
      goal.text,
      goal.isReached(spread.middle) ? 'reached' : 'not reached',
    ]);
  const ratio = (over: keyof Round, than: keyof Round): Spread =>
    ratioOf(seriesOf(rounds, over), seriesOf(rounds, than));
  return table([
    ['', 'figure', 'range', 'target', ''],
    ...rows('b ÷ a, check to the adapter alone', ratio('check', 'ceiling'), atLeast(0.8)),
    ...rows('b ÷ c, check to a check of one call a message', ratio('check', 'lockstep'), atLeast(5)),
    ...rows('d, the reference to Python, plain calls', ratio('plainReference', 'plainOwn'), above(1), aim(5)),
    ...rows('d, the reference to Python, all calls', ratio('allReference', 'allOwn'), above(1), aim(3)),
    ...rows('seconds of the command check', spreadOf(seriesOf(rounds, 'command')), under(1.5)),
  ]);
}
