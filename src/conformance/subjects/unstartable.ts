/* Explains in words why a program cannot be started. The system only gives a code. */
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, sep } from 'node:path';

/** The programs that run files with these extensions. */
const runners: Readonly<Record<string, string>> = {
  '.py': 'python3',
  '.js': 'node',
  '.mjs': 'node',
  '.cjs': 'node',
  '.sh': 'sh',
  '.rb': 'ruby',
  '.pl': 'perl',
};

/**
 * Explains why a program cannot be started.
 * @param error the error of the attempt to start it
 */
export function whyUnstartable(program: string, error: unknown): string {
  const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
  if (program === '') return 'its name is empty';
  const isPath = program.includes('/') || program.includes(sep);
  return (isPath ? whyFile(program, code) : whyName(program, code)) ?? inWords(code);
}

const inWords = (code: string): string =>
  code === 'E2BIG' ? 'its arguments are too long' : `the system rejects it (${code})`;

/** A name without a path is looked up on the PATH. */
function whyName(name: string, code: string): string | undefined {
  if (code === 'EACCES') return 'the file of that name on the PATH is not executable';
  if (code !== 'ENOENT') return undefined;
  const bin = join('node_modules', '.bin', name);
  if (existsSync(bin)) return `it is not on the PATH, but it is in node_modules: run it as npx ${name}`;
  const found = statSync(name, { throwIfNoEntry: false });
  if (found?.isFile() === true) {
    return `there is no such program on the PATH; to run the file in this directory, write ${startOf(`.${sep}${name}`)}`;
  }
  if (found?.isDirectory() === true)
    return 'there is no such program; in this directory, that name is a directory';
  return 'there is no such program';
}

function whyFile(file: string, code: string): string | undefined {
  let found: ReturnType<typeof statSync> | undefined;
  try {
    found = statSync(file, { throwIfNoEntry: false });
  } catch {
    // The path goes through a file, or through a directory that may not be searched.
  }
  if (found === undefined) {
    return code === 'ENOTDIR'
      ? `'${dirname(file)}' is not a directory`
      : code === 'ENOENT'
        ? 'there is no such program'
        : undefined;
  }
  if (found.isDirectory()) return 'it is a directory';
  if (!found.isFile()) return 'it is not a regular file';
  if (!mayBeRun(file)) {
    return `the file is not executable: write ${startOf(file)}, or change its permissions`;
  }
  if (code === 'ENOEXEC')
    return 'the system cannot run it: it is neither a program for this machine nor a script';
  if (code !== 'ENOENT') return undefined;
  const named = interpreterOf(file);
  return named === undefined
    ? 'something that it needs in order to start is missing'
    : `its first line names '${named}', which does not exist`;
}

const startOf = (file: string): string => {
  const runner = runners[extname(file)];
  return runner === undefined ? file : `${runner} ${file}`;
};

function mayBeRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The program named in the first line of a script. */
function interpreterOf(file: string): string | undefined {
  const bytes = Buffer.alloc(256);
  const descriptor = openSync(file, 'r');
  try {
    const length = readSync(descriptor, bytes);
    return /^#!\s*(\S+)/.exec(bytes.toString('utf8', 0, length))?.[1];
  } finally {
    closeSync(descriptor);
  }
}

/** Whether a command is Python without arguments. Such a Python reads a program from stdin, and is not an adapter. */
export const isBarePython = ([program = '', ...args]: readonly string[]): boolean =>
  args.length === 0 && /^(?:python|pypy)[\d.]*(?:\.exe)?$/.test(basename(program));
