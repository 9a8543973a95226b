/* The main program, which src/cli/pycache-spec.mjs runs from the build. */
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
