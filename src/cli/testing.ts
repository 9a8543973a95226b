/* For tests: runs the built command as a process. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../conformance/package.ts';

export const program = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');

const misbehaving = join(packageRoot(), 'src', 'conformance', 'subjects', 'misbehaving');
/** An adapter that does one thing wrong. */
export const adapter = (mode: string, hello: Record<string, unknown> = {}): string[] => [
  process.execPath,
  join(misbehaving, 'adapter.mjs'),
  mode,
  JSON.stringify(hello),
];
/** An adapter for the reference with a fault. */
export const faulty = (fault: string, hello: Record<string, unknown> = {}): string[] => [
  process.execPath,
  join(misbehaving, 'implementation.mjs'),
  fault,
  JSON.stringify(hello),
];
/** An adapter for the reference. */
export const reference = [process.execPath, program, 'serve', '--python-version', '3.12.1'];

export type Ended = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
};

type Around = {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string | Buffer;
  readonly cwd?: string;
  /** The time limit in milliseconds, after which it is killed. */
  readonly limit?: number;
};

/** Runs a program, which must end by itself. */
export function runProgram(
  command: readonly string[],
  { env = {}, input = '', cwd = packageRoot(), limit = 60_000 }: Around = {},
): Promise<Ended> {
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env } });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`it did not end: ${command.join(' ')}\n${out}\n${err}`));
    }, limit);
    child.on('error', reject);
    child.stdin.on('error', () => {});
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out, err });
    });
    child.stdin.end(input);
  });
}

/** Runs the command with these arguments. */
export const runCommand = (args: readonly string[], around: Around = {}): Promise<Ended> =>
  runProgram([process.execPath, program, ...args], around);

/** Options for a short check. */
export const quick = ['--runs', '5', '--seed', '1', '--chapter', 'cache-tag'];
/** Options for another, which the adapter `wrong` fails. */
export const quickly = ['--runs', '5', '--seed', '1', '--chapter', 'path'];
export const wrong = faulty('first dot');
