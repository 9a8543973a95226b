import { readChapters, type Level } from '../conformance/chapters.ts';
import { planOf, select, type Selection } from '../conformance/plan.ts';
import { wantsColor } from '../conformance/reports/layout.ts';
import { terminalReport, type Streams } from '../conformance/reports/terminal.ts';
import { run } from '../conformance/run.ts';
import { startAdapter } from '../conformance/subjects/adapter.ts';
import { AdapterError, NoSuchProgram, type Subject } from '../conformance/subjects/subject.ts';
import { exitCodes, verdictOf } from '../conformance/verdict.ts';
import { formatVersion, known, oldestKnown } from '../python/releases.ts';
import { adapterPath } from './adapter.ts';
import { noPositionals, readOptions, readWhole, shellLine, UsageError } from './usage.ts';

const defaultRuns = 100;

export const check = {
  usage: `pycache-spec check [--python EXE] [--runs N] [--seed N] [--rule GLOB] [--chapter NAME]
                   [--level documented|observed] [-- COMMAND ARG…]
    holds an implementation against the specification: the function of a Python, or whatever the adapter
    COMMAND reaches. Without either: python3 on the PATH, else python, else the reference itself.
    --runs N     inputs drawn for each property (default ${defaultRuns})
    --seed N     draws the same inputs again
    --rule GLOB  the rules whose id matches, * standing for any characters`,

  async run(args: readonly string[]): Promise<number> {
    const separator = args.indexOf('--');
    const { values, positionals } = readOptions(separator < 0 ? args : args.slice(0, separator), {
      python: { type: 'string' },
      runs: { type: 'string', default: String(defaultRuns) },
      seed: { type: 'string' },
      rule: { type: 'string' },
      chapter: { type: 'string' },
      level: { type: 'string' },
    });
    noPositionals(positionals);
    const runs = readWhole('runs', values.runs, 1, 1_000_000_000);
    const seed =
      values.seed === undefined
        ? Math.floor(Math.random() * 2 ** 31)
        : readWhole('seed', values.seed, 0, 2 ** 31 - 1);
    const command = separator < 0 ? undefined : args.slice(separator + 1);
    if (command?.length === 0) throw new UsageError('no command follows --');
    if (command && values.python !== undefined)
      throw new UsageError('--python and a command after -- exclude each other');

    const chapters = readChapters();
    const selection: Selection = {
      ...(values.rule === undefined ? {} : { rule: values.rule }),
      ...(values.chapter === undefined ? {} : { chapter: values.chapter }),
      ...(values.level === undefined ? {} : { level: readLevel(values.level) }),
    };
    const selected = select(chapters, selection);
    if (selected.length === 0) {
      console.error(
        `pycache-spec: nothing was selected: ${describe(selection)}. (pycache-spec rules lists them.)`,
      );
      return exitCodes.incomplete;
    }

    const streams: Streams = { out: process.stdout, err: process.stderr, color: wantsColor(process.stdout) };
    // Which of several rules is to blame is told from everything that was asked.
    const given = (['rule', 'chapter', 'level'] as const).flatMap((name) =>
      values[name] === undefined ? [] : [`--${name}`, values[name]],
    );
    const emit = terminalReport(streams, ({ kind, rule }) =>
      shellLine([
        'npx',
        'pycache-spec',
        'check',
        ...(kind === 'law' ? ['--rule', rule] : given),
        '--seed',
        String(seed),
        '--runs',
        String(runs),
        ...(values.python === undefined ? [] : ['--python', values.python]),
        ...(command === undefined ? [] : ['--', ...command]),
      ]),
    );
    let lastPrinted = '\n';
    try {
      const started = await start(values.python, command, (text) => {
        if (text !== '') lastPrinted = text;
        emit({ type: 'stderr', text });
      });
      const { hello } = started.subject;
      if (known(hello.python) === 'older') {
        await started.subject.close();
        console.error(
          `pycache-spec: ${hello.implementation.name} claims Python ${formatVersion(hello.python)}, and the oldest release specified is ${formatVersion(oldestKnown)}: nothing was checked.`,
        );
        return exitCodes.incomplete;
      }
      const tally = await run(planOf(selected, chapters, hello), started.subject, {
        runs,
        seed,
        command: started.command,
        emit,
      });
      return exitCodes[verdictOf(tally)];
    } catch (error) {
      if (error instanceof NoSuchProgram) throw new UsageError(error.message);
      if (!(error instanceof AdapterError)) throw error;
      // No report comes that would end the last line.
      if (!lastPrinted.endsWith('\n')) emit({ type: 'stderr', text: '\n' });
      console.error(`pycache-spec: ${error.message}`);
      return exitCodes.adapter;
    }
  },
};

type Started = { readonly subject: Subject; readonly command: readonly string[] };

/** Starts what is to be checked. */
async function start(
  python: string | undefined,
  command: readonly string[] | undefined,
  onStderr: (text: string) => void,
): Promise<Started> {
  const launch = async (words: readonly string[]): Promise<Started> => ({
    subject: await startAdapter(words, onStderr),
    command: words,
  });
  const onPython = (executable: string): readonly string[] => [executable, '-I', adapterPath('python')!];
  if (command) return launch(command);
  if (python !== undefined) return launch(onPython(python));
  for (const name of ['python3', 'python']) {
    try {
      return await launch(onPython(name));
    } catch (error) {
      if (!(error instanceof NoSuchProgram)) throw error;
    }
  }
  console.error('pycache-spec: no Python is on the PATH: the reference itself is checked.');
  return launch([process.execPath, process.argv[1]!, 'serve']);
}

function readLevel(text: string): Level {
  if (text === 'documented' || text === 'observed') return text;
  throw new UsageError(`--level takes documented or observed, not '${text}'`);
}

const describe = ({ rule, chapter, level }: Selection): string =>
  [
    ...(rule === undefined ? [] : [`no rule's id matches '${rule}'`]),
    ...(chapter === undefined
      ? []
      : [`${rule === undefined ? 'no chapter is' : 'in a chapter'} named '${chapter}'`]),
    ...(level === undefined ? [] : [`of the level ${level}`]),
  ].join(' ');
