/*
 * The figures that this build should reach. Each is a ratio within one run, relative to an older build, to the adapter
 * alone, or to what one would use instead.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../conformance/package.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { record, timedCheck } from './checked.ts';
import type { Figure, Result } from './figure.ts';
import { hypothesis } from './hypothesis.ts';
import { chase, missesOf, readMutants } from './mutants.ts';
import { inDigits, ratioOf, spreadOf, type Spread } from './table.ts';
import { timePipe } from './throughput.ts';

/** The build for comparison: the last one before faults were named and domains judged. */
export const olderCommit = '3d1ab15';

export type Beside = {
  /** The Python to check. */
  readonly python: string;
  readonly rounds: number;
  /** A checkout of the older build, already built. Without it, one is made. */
  readonly build: string | undefined;
  /** Slow Pythons, by name and executable. */
  readonly slow: ReadonlyMap<string, string>;
  readonly tell: (text: string) => void;
};

const execute = promisify(execFile);
const cli = (root: string): string => join(root, 'src', 'cli', 'pycache-spec.mjs');

/** Shared by the figures of a run. The older build is made only once, when a figure needs it. */
class Bench {
  readonly given: Beside;
  private folder: string | undefined;
  private older: Promise<string> | undefined;

  constructor(given: Beside) {
    this.given = given;
  }

  /** @throws Error if it cannot be made, for example in a clone without history */
  olderBuild(): Promise<string> {
    return (this.older ??= this.given.build === undefined ? this.make() : Promise.resolve(this.given.build));
  }

  private async make(): Promise<string> {
    const root = await this.clone('older', olderCommit);
    this.given.tell(`the build of ${olderCommit}`);
    await execute('npm', ['ci'], { cwd: root });
    return root;
  }

  /** A clone of this repository at a commit, without any packages installed. */
  async clone(name: string, commit: string): Promise<string> {
    this.folder ??= mkdtempSync(join(tmpdir(), 'pycache-spec-bench-'));
    const root = join(this.folder, name);
    await execute('git', ['clone', '-q', '--no-checkout', packageRoot(), root]);
    await execute('git', ['checkout', '-q', commit], { cwd: root });
    return root;
  }

  close(): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }
}

const below = (most: number): Pick<Figure, 'aim'> & { is: (figure: number) => boolean } => ({
  aim: `at most ${inDigits(most)}`,
  is: (figure) => figure <= most,
});
const from = (least: number): ReturnType<typeof below> => ({
  aim: `at least ${inDigits(least)}`,
  is: (figure) => figure >= least,
});

const asFigure = (
  { middle, least, most }: Spread,
  { aim, is }: ReturnType<typeof below>,
  rest: Pick<Figure, 'what' | 'ours' | 'theirs'>,
): Figure => ({ figure: middle, range: [least, most], aim, reached: is(middle), ...rest });

type Success = (code: number | null, out: string) => boolean;
const succeeded: Success = (code) => code === 0;

/**
 * The duration of a command in seconds, and its output.
 * @throws Error if it does not succeed
 */
async function timed(
  command: string,
  args: readonly string[],
  { cwd, isSuccess = succeeded }: { cwd?: string; isSuccess?: Success } = {},
): Promise<{ seconds: number; out: string; err: string }> {
  const begun = performance.now();
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (!isSuccess(code, out))
    throw new Error(`${[command, ...args].join(' ')} ended with exit code ${code}: ${err.slice(-300)}`);
  return { seconds: (performance.now() - begun) / 1000, out, err };
}

/** The arguments of `check` for a subject. They may depend on the build. */
type SubjectOf = (root: string) => readonly string[];

const pythonOf =
  (executable: string): SubjectOf =>
  () => ['--python', executable];

const check = (
  root: string,
  subject: SubjectOf,
  seed: number,
  isSuccess = succeeded,
): ReturnType<typeof timed> =>
  timed(process.execPath, [cli(root), 'check', '--seed', String(seed), ...subject(root)], { isSuccess });

const calledIn = /([\d,]+) calls in/;
/** The number of calls in the last line of a check. */
const callsOf = (out: string): number => Number(calledIn.exec(out)![1]!.replaceAll(',', ''));

/** A check that came to a verdict. Node has the exit code of a bad one if it finds no program. */
const isJudged: Success = (code, out) =>
  code === exitCodes.conformant || (code === exitCodes.broken && calledIn.test(out));

/** Alternates the two, so that other load on the machine affects both. */
async function inTurn(
  rounds: number,
  ours: (round: number) => Promise<number>,
  theirs: (round: number) => Promise<number>,
): Promise<{ ours: number[]; theirs: number[] }> {
  const [own, other]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    other.push(await theirs(round));
    own.push(await ours(round));
  }
  return { ours: own, theirs: other };
}

const besideOlder = async (
  bench: Bench,
  subject: SubjectOf,
  rounds: number,
  isSuccess = succeeded,
): ReturnType<typeof inTurn> => {
  const older = await bench.olderBuild();
  const seconds = (root: string) => async (seed: number) =>
    (await check(root, subject, seed, isSuccess)).seconds;
  return inTurn(rounds, seconds(packageRoot()), seconds(older));
};

async function calls(bench: Bench): Promise<Result> {
  const { python } = bench.given;
  const older = callsOf((await check(await bench.olderBuild(), pythonOf(python), 1)).out);
  const own = callsOf((await check(packageRoot(), pythonOf(python), 1)).out);
  return asFigure(spreadOf([own / older]), below(1 / 3), {
    what: `calls of a default check, to those of ${olderCommit}`,
    ours: [own],
    theirs: [older],
  });
}

async function missed({ given: { python, tell } }: Bench): Promise<Result> {
  const { hunts, inRun } = missesOf(await chase(python, 30, readMutants(), { tell }));
  return asFigure(spreadOf([inRun]), below(0), {
    what: `mutants missed in ${hunts} default runs, over 30 seeds`,
    ours: [inRun],
  });
}

async function wholeCheck(bench: Bench): Promise<Result> {
  const both = await besideOlder(bench, pythonOf(bench.given.python), bench.given.rounds);
  return asFigure(ratioOf(both.ours, both.theirs), below(0.6), {
    what: `seconds of a default check, the whole process, to those of ${olderCommit}`,
    ...both,
  });
}

/** Pyodide with the adapter of each build; undefined if it is not installed. */
function pyodide(): SubjectOf | undefined {
  const folder = join(packageRoot(), 'fixtures', 'node_modules', 'pyodide-314');
  if (!existsSync(folder)) return undefined;
  return (root) => ['--', process.execPath, join(root, 'src', 'adapters', 'pyodide.mjs'), folder];
}

/** The slow subjects that need not be named. */
const installed: Readonly<Partial<Record<string, () => SubjectOf | undefined>>> = { pyodide };

const slowCheck =
  (name: string) =>
  async (bench: Bench): Promise<Result> => {
    const python = bench.given.slow.get(name);
    const subject = python === undefined ? installed[name]?.() : pythonOf(python);
    if (subject === undefined) return { absent: `no ${name} was named: --slow ${name}=EXE` };
    // Not all of them are conformant.
    const both = await besideOlder(bench, subject, Math.min(bench.given.rounds, 3), isJudged);
    return asFigure(ratioOf(both.theirs, both.ours), from(3), {
      what: `how many times as fast a default check of ${name} is as with ${olderCommit}, in seconds`,
      ...both,
    });
  };

async function ceiling({ given: { python, rounds } }: Bench): Promise<Result> {
  const command = [python, '-I', join(packageRoot(), 'src', 'adapters', 'python.py')];
  const checking = { command, runs: 500, seed: 1 };
  const { checked, script } = await record(checking);
  const text = Buffer.from(script.messages.join(''));
  const both = await inTurn(
    rounds,
    async () => checked.calls / (await timedCheck(checking)).seconds,
    async () => {
      const { seconds } = await timePipe(checking, script, (pipe) => pipe.ask(text, script.messages.length));
      return checked.calls / seconds;
    },
  );
  return asFigure(ratioOf(both.ours, both.theirs), from(0.8), {
    what: 'calls a second of a check with 500 runs, to those of the adapter alone',
    ...both,
  });
}

/** The peak memory of a check's process, in MiB. */
async function peak(python: string, runs: number): Promise<{ calls: number; mebibytes: number }> {
  const atExit = 'process.on("exit",()=>console.error("peak "+process.resourceUsage().maxRSS))';
  const { out, err } = await timed(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(atExit)}`,
    cli(packageRoot()),
    'check',
    '--python',
    python,
    '--seed',
    '1',
    '--runs',
    String(runs),
  ]);
  return { calls: callsOf(out), mebibytes: Number(/peak (\d+)/.exec(err)![1]) / 1024 };
}

async function memory({ given: { python, tell } }: Bench): Promise<Result> {
  const few = await peak(python, 100);
  const many = await peak(python, 200);
  const each = (many.calls - few.calls) / 100;
  const peaks: number[] = [];
  for (const wanted of [1e5, 1e6, 1e7]) {
    const one = await peak(python, Math.max(1, Math.round((wanted - few.calls) / each + 100)));
    tell(`${one.calls} calls, ${Math.round(one.mebibytes)} MiB at most`);
    peaks.push(one.mebibytes);
  }
  const [base, ...more] = peaks as [number, number, number];
  return asFigure(spreadOf([Math.max(...more) / base]), below(1.1), {
    what: 'the greatest memory of a check of 10^6 and 10^7 calls, to that of 10^5, in MiB',
    ours: more,
    theirs: [base],
  });
}

/** Runs a command in fresh clones of both builds, alternately. */
const inClones =
  (key: string, commands: string, aim: ReturnType<typeof below>) =>
  async (bench: Bench): Promise<Result> => {
    const { stdout } = await execute('git', ['rev-parse', 'HEAD'], { cwd: packageRoot() });
    const run = (name: string, commit: string) => async (round: number) => {
      const root = await bench.clone(`${key}-${name}-${round}`, commit);
      const { seconds } = await timed('sh', ['-c', commands], { cwd: root });
      rmSync(root, { recursive: true, force: true });
      return seconds;
    };
    const both = await inTurn(
      Math.min(bench.given.rounds, 3),
      run('own', stdout.trim()),
      run('older', olderCommit),
    );
    return asFigure(ratioOf(both.ours, both.theirs), aim, {
      what: `seconds of '${commands}' in a fresh clone of what is committed, to those of ${olderCommit}`,
      ...both,
    });
  };

const measures: Readonly<Record<string, (bench: Bench) => Promise<Result>>> = {
  calls,
  missed,
  brython: slowCheck('brython'),
  pyodide: slowCheck('pyodide'),
  graalpy: slowCheck('graalpy'),
  wine: slowCheck('wine'),
  ceiling,
  check: wholeCheck,
  hypothesis: async ({ given: { python, tell } }) => hypothesis(python, tell),
  memory,
  fresh: inClones('fresh', 'npm ci && npm run check', below(0.5)),
  tests: inClones('tests', 'npm ci && npm test', below(1 / 3)),
};

export const figureNames: readonly string[] = Object.keys(measures);

/**
 * @param names the figures to measure
 * @returns each figure, or what is missing for it
 */
export async function beside(names: readonly string[], given: Beside): Promise<Record<string, Result>> {
  const bench = new Bench(given);
  const results: Record<string, Result> = {};
  try {
    for (const name of names) {
      given.tell(name);
      try {
        results[name] = await measures[name]!(bench);
      } catch (error) {
        // The other figures can still be measured.
        results[name] = { absent: (error as Error).message };
      }
    }
  } finally {
    bench.close();
  }
  return results;
}
