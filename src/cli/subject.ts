/* What check, doctor and replay are asked to look at. */
import { deadlinesOf } from '../conformance/subjects/adapter.ts';
import { contain, type Containment } from '../conformance/subjects/contained.ts';
import { startProcess } from '../conformance/subjects/process.ts';
import type { Channel } from '../conformance/subjects/channel.ts';
import { NoSuchProgram, type Subject } from '../conformance/subjects/subject.ts';
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
  if (command.length === 0) throw new UsageError('no command follows --');
  return { own: args.slice(0, separator), command };
}

export type Chosen = {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly launch: () => Promise<Channel>;
  readonly patience: Pick<Containment, 'deadlines' | 'restarts'>;
};

/**
 * Finds what is to be looked at, by starting it once.
 * @throws UsageError
 */
export async function chooseSubject(
  { python, timeout, restarts }: { python?: string | undefined; timeout: string; restarts: string },
  command: readonly string[] | undefined,
): Promise<Chosen> {
  if (command && python !== undefined)
    throw new UsageError('--python and a command after -- exclude each other');
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
  /** The process that was started to see whether it can be is the first that is used. */
  const chosen = async (candidate: readonly string[]): Promise<Chosen> => {
    let begun: Channel | undefined = await first(candidate);
    return {
      command: candidate,
      patience,
      launch: () => {
        const channel = begun;
        begun = undefined;
        return channel === undefined ? startProcess(candidate) : Promise.resolve(channel);
      },
    };
  };
  const onPython = (executable: string): readonly string[] => [executable, '-I', adapterPath('python')!];
  if (command) return chosen(command);
  if (python !== undefined) return chosen(onPython(python));
  for (const name of ['python3', 'python']) {
    try {
      return await chosen(onPython(name));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  }
  console.error('pycache-spec: no Python is on the PATH: the reference itself is checked.');
  return chosen([process.execPath, process.argv[1]!, 'serve']);
}

export const openSubject = (
  { launch, patience }: Chosen,
  hooks: Pick<Containment, 'onStderr' | 'onTrouble' | 'signal'>,
): Promise<Subject> => contain({ launch, ...patience, ...hooks });

/** Ends what runs when this process is told to end: once to be orderly, a second time at once. */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(3);
      controller.abort(`it was interrupted (${name})`);
    });
  }
  return controller.signal;
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds >= 0.01 && seconds <= 100_000) return seconds;
  throw new UsageError(`--timeout takes seconds from 0.01 to 100000, not '${text}'`);
}
