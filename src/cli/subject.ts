/* The subject of check, doctor and replay. */
import { execFile } from 'node:child_process';
import { formatVersion, known, oldestKnown, parseRelease } from '../python/releases.ts';
import { deadlinesOf } from '../conformance/subjects/adapter.ts';
import { contain, type Containment } from '../conformance/subjects/contained.ts';
import { startProcess } from '../conformance/subjects/process.ts';
import type { Channel } from '../conformance/subjects/channel.ts';
import { AdapterError, NoSuchProgram, type Subject } from '../conformance/subjects/subject.ts';
import { isBarePython } from '../conformance/subjects/unstartable.ts';
import { adapterPath } from './adapter.ts';
import { readWhole, UsageError } from './usage.ts';

/** The arguments before `--`, and the command after it. */
export function atSeparator(args: readonly string[]): {
  own: readonly string[];
  command: readonly string[] | undefined;
} {
  const separator = args.indexOf('--');
  if (separator < 0) return { own: args, command: undefined };
  const command = args.slice(separator + 1);
  if (command.length === 0) throw new UsageError('there is no command after --');
  return { own: args.slice(0, separator), command };
}

export type Chosen = {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** The executable, if the subject is the shipped adapter on a Python. */
  readonly python: string | undefined;
  readonly launch: () => Promise<Channel>;
  readonly patience: Pick<Containment, 'deadlines' | 'restarts'>;
};

/**
 * Finds the subject by starting it once.
 * @throws UsageError
 */
export async function chooseSubject(
  { python, timeout, restarts }: { python?: string | undefined; timeout: string; restarts: string },
  command: readonly string[] | undefined,
): Promise<Chosen> {
  if (command && python !== undefined)
    throw new UsageError('--python cannot be combined with a command after --');
  const patience = {
    deadlines: deadlinesOf(readSeconds(timeout)),
    restarts: readWhole('restarts', restarts, 0, 1_000_000),
  };
  const first = async (candidate: readonly string[]): Promise<Channel> => {
    try {
      return await startProcess(candidate);
    } catch (error) {
      if (error instanceof NoSuchProgram) throw new UsageError(error.message);
      throw error;
    }
  };
  /** The process that was started as a test becomes the first one that is used. */
  const chosen = async (candidate: readonly string[], executable?: string): Promise<Chosen> => {
    let begun: Channel | undefined = await first(candidate);
    return {
      command: candidate,
      python: executable,
      patience,
      launch: () => {
        const channel = begun;
        begun = undefined;
        return channel === undefined ? startProcess(candidate) : Promise.resolve(channel);
      },
    };
  };
  const onPython = (executable: string): readonly string[] => [executable, '-I', adapterPath('python')!];
  if (command && isBarePython(command)) {
    throw new UsageError(
      `${command[0]} alone reads a program from stdin and is not an adapter; to check its function, use --python ${command[0]}`,
    );
  }
  if (command) return chosen(command);
  if (python !== undefined) return chosen(onPython(python), python);
  for (const name of ['python3', 'python']) {
    try {
      return await chosen(onPython(name), name);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  }
  console.error('pycache-spec: no Python is on the PATH, so the reference itself is checked.');
  return chosen([process.execPath, process.argv[1]!, 'serve']);
}

/**
 * Starts the subject. If the hello takes long, a message says so. If there is none, the error says what the program is
 * instead.
 * @throws AdapterError
 * @throws Stopped
 */
export async function openSubject(
  { launch, patience, python }: Chosen,
  hooks: Pick<Containment, 'onStderr' | 'onTrouble' | 'signal'>,
): Promise<Subject> {
  const { hello, call } = patience.deadlines;
  const waiting = setTimeout(
    () => console.error(`pycache-spec: no hello yet; it may take ${hello / 1000} s.`),
    call,
  );
  try {
    return await contain({ launch, ...patience, ...hooks });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    const what = python === undefined ? undefined : await whatIsWrongWith(python);
    throw new AdapterError(
      error.why,
      what ??
        `The program sent no hello: it is not an adapter, or it cannot start. ${error.message.replace(' It was asked for hello.', '')}`,
    );
  } finally {
    clearTimeout(waiting);
  }
}

/** @returns undefined if the shipped adapter can run on this Python */
export async function whatIsWrongWith(executable: string): Promise<string | undefined> {
  const program = 'import sys; print("Python %d.%d.%d" % sys.version_info[:3])';
  const said = await new Promise<string>((resolve) => {
    execFile(executable, ['-c', program], { timeout: 5000 }, (_, stdout) => resolve(stdout));
  });
  const [, release] = /^Python (\d+\.\d+\.\d+)\s*$/.exec(said) ?? [];
  if (release === undefined)
    return `'${executable}' is not a Python: it did not print its version when asked.`;
  const version = parseRelease(release);
  if (version === undefined || known(version) !== 'older') return undefined;
  return `'${executable}' is Python ${release}, and the oldest release specified is ${formatVersion(oldestKnown)}.`;
}

/**
 * A signal that is aborted when this process is told to end. The first request ends the run in an orderly way, the
 * second immediately.
 */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(3);
      controller.abort(`interrupted (${name})`);
    });
  }
  return controller.signal;
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds >= 0.01 && seconds <= 100_000) return seconds;
  throw new UsageError(`--timeout takes seconds from 0.01 to 100000, not '${text}'`);
}
