/* An adapter as a process of its own. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Channel } from './channel.ts';
import { NoSuchProgram } from './subject.ts';
import { whyUnstartable } from './unstartable.ts';

/** Only here does a process have a group of its own, with all that it starts. */
const hasGroups = process.platform !== 'win32';

/** Those that run: none is to outlive this process. */
const running = new Set<() => void>();
process.on('exit', () => {
  for (const kill of running) kill();
});

/**
 * Starts a program.
 *
 * What a terminal sends to all of its processes, such as Ctrl-C, does not reach it: when it ends is decided here.
 *
 * @throws NoSuchProgram
 */
export async function startProcess([program = '', ...args]: readonly string[]): Promise<Channel> {
  const child = await started(program, args);
  let gone = false;
  const kill = (): void => {
    running.delete(kill);
    // Its number may be another's by now.
    if (gone) return;
    try {
      if (hasGroups) process.kill(-child.pid!, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // It has ended.
    }
  };
  running.add(kill);
  for (const one of [child, child.stdin, child.stdout, child.stderr]) {
    one.on('error', () => {
      // Its end is reported by `close`, with the exit code.
    });
  }
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended: new Promise((resolve) => {
      // What it started and left behind may hold its streams open, in a group of its own too.
      let late: NodeJS.Timeout;
      child.on('exit', () => {
        late = setTimeout(() => {
          kill();
          late = setTimeout(() => {
            child.stdout.destroy();
            child.stderr.destroy();
          }, 1000);
        }, 200);
      });
      child.on('close', (code, signal) => {
        clearTimeout(late);
        kill();
        gone = true;
        resolve(signal === null ? `with exit code ${code}` : `by ${signal}`);
      });
    }),
    kill,
  };
}

async function started(program: string, args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
  try {
    const child = spawn(program, args, { detached: hasGroups, windowsHide: true });
    await once(child, 'spawn');
    return child;
  } catch (error) {
    throw new NoSuchProgram(`cannot start '${program}': ${whyUnstartable(program, error)}`, { cause: error });
  }
}
