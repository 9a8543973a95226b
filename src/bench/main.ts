/*
 * npm run bench -- [throughput|mutants|misses] [--python EXE] [--runs N] [--rounds N] [--seed N] [--long N]
 * [--seeds N]: how fast a check is, and how soon it finds each mutant; misses, how often a run
 * misses one that nothing catches which is asked every time. Without a name, the first two.
 */
import { chooseSubject, subjectOptions } from '../cli/subject.ts';
import { noPositionals, readOptions, readWhole, UsageError } from '../cli/usage.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { longChecks } from './long.ts';
import { missRate, mutantsTable } from './mutants.ts';
import { throughput } from './throughput.ts';

const tables = ['throughput', 'mutants', 'misses'];

const options = {
  python: { type: 'string' },
  runs: { type: 'string', default: '500' },
  rounds: { type: 'string', default: '5' },
  seed: { type: 'string', default: '1' },
  long: { type: 'string' },
  seeds: { type: 'string', default: '30' },
} as const;

/** The command that reaches a Python, and its executable. */
async function findPython(python: string | undefined): Promise<readonly [string, ...string[]]> {
  const { command, launch } = await chooseSubject(
    { python, timeout: subjectOptions.timeout.default, restarts: subjectOptions.restarts.default },
    undefined,
  );
  // It was started to see whether it can be.
  (await launch()).kill();
  const [program, ...args] = command;
  if (program === undefined || program === process.execPath) {
    throw new UsageError('name a Python to measure: --python EXE');
  }
  return [program, ...args];
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = readOptions(args, options);
  const [name, ...others] = positionals;
  noPositionals(others);
  if (name !== undefined && !tables.includes(name)) {
    throw new UsageError(`bench measures ${tables.join(', ')}, not '${name}'`);
  }
  const wants = (table: string): boolean => name === table || (name === undefined && table !== 'misses');
  const runs = readWhole('runs', values.runs, 1, 1_000_000);
  const rounds = readWhole('rounds', values.rounds, 1, 1000);
  const seed = readWhole('seed', values.seed, 0, 2 ** 31 - 1);
  const long = values.long === undefined ? undefined : readWhole('long', values.long, 10, 1_000_000_000);
  const seeds = readWhole('seeds', values.seeds, 1, 100_000);
  const command = await findPython(values.python);
  const tell = (text: string): void => console.error(`bench: ${text}`);
  if (wants('throughput')) {
    console.log(await throughput({ command, python: command[0], runs, rounds, seed, tell }));
  }
  if (wants('mutants')) console.log(`\n${await mutantsTable(command[0], seeds)}`);
  if (wants('misses')) console.log(await missRate(command[0], seeds));
  if (long !== undefined) console.log(`\n${await longChecks({ command, runs: long, seed }, tell)}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = error instanceof UsageError ? exitCodes.usage : 1;
}
