/* How fast a check is, and how soon it finds each mutant. */
import { availableParallelism } from 'node:os';
import { boundMemory } from '../cli/memory.ts';
import { chooseSubject } from '../cli/subject.ts';
import { commands } from '../cli/table.ts';
import { noPositionals, parseOptions, readWhole, UsageError } from '../cli/usage.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { beside, figureNames, olderCommit } from './beside.ts';
import { blameTable } from './blame.ts';
import { longChecks } from './long.ts';
import { missRate, mutantsTable } from './mutants.ts';
import { throughput } from './throughput.ts';

const usage = `npm run bench -- [throughput|mutants|misses|blame] [--python EXE] [OPTION VALUE ...]

  throughput   how fast a check is, compared with what it is built on
  mutants      how many calls it takes to find each mutant
  blame        which rules are called broken for each mutant, by rule
  misses       how often a default run misses a mutant that only random inputs find
  without a name: throughput, then mutants

npm run bench -- --json [KEY ...]: figures to be reached, as JSON, each beside the build of commit ${olderCommit}, which
is cloned and built for it, or beside what a user would use instead. The keys (default: all):
  ${figureNames.join(', ')}

  --python EXE   the Python that is checked and that runs the mutants; default: python3
  --runs N       for throughput: inputs for each property; default: 500
  --rounds N     for throughput: how often everything is measured in turn; default: 5
  --seed N       for throughput; default: 1
  --long N       also checks with 10, 100 … N runs: whether time grows with them, and memory does not
  --seeds N      for mutants and misses; default: 30
  --build DIR    for --json: a built checkout of that commit, instead of a clone
  --slow NAME=EXE  for --json: a slow Python, such as graalpy=/usr/bin/graalpy; may be repeated`;

const tables = ['throughput', 'mutants', 'misses', 'blame'];

const options = {
  help: { type: 'boolean', default: false },
  python: { type: 'string' },
  runs: { type: 'string', default: '500' },
  rounds: { type: 'string', default: '5' },
  seed: { type: 'string', default: '1' },
  long: { type: 'string' },
  seeds: { type: 'string', default: '30' },
  json: { type: 'boolean', default: false },
  build: { type: 'string' },
  slow: { type: 'string', multiple: true },
} as const;

/** The command for a Python's adapter, starting with the executable. */
async function findPython(python: string | undefined): Promise<readonly [string, ...string[]]> {
  const { timeout, restarts } = commands.check.options;
  const { command, launch } = await chooseSubject(
    { python, timeout: timeout.default, restarts: restarts.default },
    undefined,
  );
  // It was started only to see whether it starts.
  (await launch()).kill();
  const [program, ...args] = command;
  if (program === undefined || program === process.execPath) {
    throw new UsageError('name a Python to measure: --python EXE');
  }
  return [program, ...args];
}

type Values = ReturnType<typeof parseOptions<typeof options>>['values'];

/** The output of `--json`. */
async function figures(keys: readonly string[], values: Values): Promise<object> {
  const stranger = keys.find((key) => !figureNames.includes(key));
  if (stranger !== undefined)
    throw new UsageError(`--json has ${figureNames.join(', ')}, and no '${stranger}'`);
  const slow = (values.slow ?? []).map((one) => {
    const [, name, executable] = /^(\w+)=(.+)$/.exec(one) ?? [];
    if (name === undefined || executable === undefined)
      throw new UsageError(`--slow takes NAME=EXE, such as graalpy=/usr/bin/graalpy, not '${one}'`);
    return [name, executable] as const;
  });
  const rounds = readWhole('rounds', values.rounds, 1, 1000);
  const [python] = await findPython(values.python);
  return {
    day: new Date().toISOString().slice(0, 10),
    machine: `Node ${process.versions.node}, ${availableParallelism()} processors, ${process.platform}`,
    beside: olderCommit,
    ...(await beside(keys.length === 0 ? figureNames : keys, {
      python,
      rounds,
      build: values.build,
      slow: new Map(slow),
      tell: (text) => console.error(`bench: ${text}`),
    })),
  };
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseOptions('bench', args, options);
  if (values.help) {
    console.log(usage);
    return;
  }
  // What is measured in this process runs as in a check.
  boundMemory();
  if (values.json) {
    console.log(JSON.stringify(await figures(positionals, values), undefined, 2));
    return;
  }
  const [name, ...others] = positionals;
  noPositionals(others);
  if (name !== undefined && !tables.includes(name)) {
    throw new UsageError(`bench measures ${tables.join(', ')}, not '${name}'`);
  }
  const wants = (table: string): boolean =>
    name === table || (name === undefined && (table === 'throughput' || table === 'mutants'));
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
  if (wants('mutants')) console.log(`\n${await mutantsTable(command[0], seeds, tell)}`);
  if (wants('blame')) console.log(await blameTable(command[0], seed, tell));
  if (wants('misses')) console.log(await missRate(command[0], seeds, tell));
  if (long !== undefined) console.log(`\n${await longChecks({ command, runs: long, seed }, tell)}`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const hint = error instanceof UsageError ? '. (npm run bench -- --help tells how it is called.)' : '';
  console.error(`bench: ${(error as Error).message}${hint}`);
  process.exitCode = error instanceof UsageError ? exitCodes.usage : 1;
}
