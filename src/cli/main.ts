/* The command: `src/cli/pycache-spec.mjs` runs what is built of this. */
import { packageVersion } from '../conformance/package.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { UsageError } from './usage.ts';

/** A command: takes its arguments, gives its exit code. */
type Command = { readonly usage: string; run(args: readonly string[]): Promise<number> | number };

/** Each is loaded when it is wanted: a command has no use for the others. */
const commands: Record<string, () => Promise<Command>> = {
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
};

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return `pycache-spec ${packageVersion()}: does a program find the bytecode file that Python would?

${all.map(({ usage }) => usage).join('\n\n')}

Exit codes: 0 conformant, 1 not conformant, 2 wrong usage, 3 incomplete, 4 the adapter failed, 5 the list of
known failures is stale. When several hold: 2, then 4, 1, 3, 5.
Of path and explain: 0 a result for every path, 1 Python raises for one at least, 2 wrong usage.
Of source and files: 0 a source, or files, for every path, 1 none for one at least, 2 wrong usage.`;
}

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version') {
    console.log(packageVersion());
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    console.log(await help());
    return 0;
  }
  if (name === undefined) {
    console.error(await help());
    return exitCodes.usage;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) throw new UsageError(`'${name}' is no command; they are ${Object.keys(commands).join(', ')}`);
  const command = await load();
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (own.includes('--help') || own.includes('-h')) {
    console.log(command.usage);
    return 0;
  }
  return command.run(args);
}

// A reader that has read enough (`| head`) is no fault of the run.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** A fault of the suite itself is no verdict: Node's own exit code would read as not conformant. */
function brokenOff(error: unknown): never {
  console.error('pycache-spec: it failed itself, which says nothing of what was to be checked:', error);
  process.exit(exitCodes.incomplete);
}
process.on('uncaughtException', brokenOff);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) brokenOff(error);
  else {
    const hint = error.message.includes('\n') ? '' : '. (pycache-spec --help tells how it is called.)';
    console.error(`pycache-spec: ${error.message}${hint}`);
    process.exitCode = exitCodes.usage;
  }
}
