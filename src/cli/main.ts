/* The main program, which src/cli/pycache-spec.mjs runs from the build. */
import { setFlagsFromString } from 'node:v8';
import { exitCodes } from '../conformance/verdict.ts';
import { isCommand, type CommandName } from './table.ts';
import { commandNamed, UsageError } from './usage.ts';

/** A command: takes its arguments and returns its exit code. */
type Command = { run(args: readonly string[]): Promise<number> | number };

/** Each command is loaded only when it is called. */
const loading: Readonly<Record<CommandName, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).check,
  doctor: async () => (await import('./doctor.ts')).doctor,
  replay: async () => (await import('./replay.ts')).replay,
  diff: async () => (await import('./diff.ts')).diff,
  merge: async () => (await import('./merge.ts')).merge,
  rules: async () => (await import('./rules.ts')).rules,
  path: async () => (await import('./path.ts')).path,
  source: async () => (await import('./source.ts')).source,
  files: async () => (await import('./files.ts')).files,
  explain: async () => (await import('./explain.ts')).explain,
  serve: async () => (await import('./serve.ts')).serve,
  adapter: async () => (await import('./adapter.ts')).adapter,
  completion: async () => (await import('./completion.ts')).completion,
  man: async () => (await import('./man.ts')).man,
};

async function main([word, ...args]: readonly string[]): Promise<number> {
  if (word === '--version') {
    console.log((await import('../conformance/package.ts')).packageVersion());
    return 0;
  }
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (word === undefined || word === '--help' || word === '-h' || word === 'help') {
    const { commandHelp, generalHelp } = await import('./help.ts');
    const [about] = word === undefined ? [] : own.filter((one) => !one.startsWith('-'));
    const text = about === undefined ? generalHelp() : commandHelp(commandNamed(about));
    if (word === undefined) console.error(text);
    else console.log(text);
    return word === undefined ? exitCodes.usage : 0;
  }
  const name = commandNamed(word);
  if (own.includes('--help') || own.includes('-h')) {
    console.log((await import('./help.ts')).commandHelp(name));
    return 0;
  }
  const command = await loading[name]();
  return command.run(args);
}

/**
 * V8 optimizes a function after little use, on another thread. In a process of about a second, that takes more time than
 * it saves: a third of the processor time of a default check. With ten times the use, a check of a hundred thousand calls
 * takes no longer. These are flags of V8, which differ between releases of Node and print an error if they are unknown.
 */
const patience: Readonly<Record<string, readonly string[]>> = {
  20: ['--interrupt-budget=600000'],
  22: ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
  24: ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
};
for (const flag of patience[process.versions.node.split('.')[0]!] ?? []) setFlagsFromString(flag);

// A reader that stops early, such as `| head`, is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** A bug in the suite is not a verdict: Node's own exit code would mean not conformant. */
function brokenOff(error: unknown): never {
  console.error('pycache-spec: internal error; this says nothing about the subject:', error);
  process.exit(exitCodes.incomplete);
}
process.on('uncaughtException', brokenOff);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) brokenOff(error);
  else {
    const { message } = error;
    const [first = ''] = process.argv.slice(2);
    const of = isCommand(first) ? `${first} ` : '';
    const end = message.endsWith('?') ? '' : '.';
    const hint = message.includes('\n') ? '' : `${end} (See pycache-spec ${of}--help.)`;
    console.error(`pycache-spec: ${message}${hint}`);
    process.exitCode = exitCodes.usage;
  }
}
