/* An adapter in its own process. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Channel } from './channel.ts';
import { NoSuchProgram } from './subject.ts';
import { whyUnstartable } from './unstartable.ts';

/** Except on Windows, a process gets a group of its own, which contains everything it starts. */
const hasGroups = process.platform !== 'win32';

/** Kills each running process, since none must outlive this one. */
const running = new Set<() => void>();
process.on('exit', () => {
  for (const kill of running) kill();
});

/**
 * Starts a program. Signals that a terminal sends to its foreground processes, as on Ctrl-C, do not reach it: this
 * process decides when it ends.
 * @throws NoSuchProgram
 */
export async function startProcess([program = '', ...args]: readonly string[]): Promise<Channel> {
  const child = await started(program, args);
  let gone = false;
  const kill = (): void => {
    running.delete(kill);
    // The process id may belong to another process by now.
    if (gone) return;
    try {
      if (hasGroups) process.kill(-child.pid!, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // It has already ended.
    }
  };
  running.add(kill);
  for (const one of [child, child.stdin, child.stdout, child.stderr]) {
    one.on('error', () => {
      // The end of the process is reported by `close`, with the exit code.
    });
  }
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended: new Promise((resolve) => {
      // Processes that it left behind may keep its streams open, even in groups of their own.
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
