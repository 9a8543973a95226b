/* Where reports are written. */
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Event } from '../events.ts';
import type { Format } from './format.ts';
import { loadFormat } from './formats.ts';

/** Thrown before a run starts, if a report cannot be written as requested. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

export type Reports = {
  /** Passes an event to all reports. Never throws if a report cannot be written. */
  add(event: Event): void;
  /** Whether one of the reports is written to stdout. */
  readonly toStdout: boolean;
  /** The reports that could not be written so far, and why: one sentence each, without a full stop. */
  failures(): string[];
  /** Closes the reports. If the run has not ended, formats that are written at the end say that it did not finish. */
  close(): void;
};

/**
 * Opens a report for each `FORMAT=FILE`, where `-` is stdout. Existing files are removed or emptied at once, so that no
 * old report remains if the run is killed.
 * @throws ReportError
 */
export async function openReports(
  specs: readonly string[],
  stdout: { write(text: string): unknown },
): Promise<Reports> {
  const wanted = await Promise.all(specs.map(readSpec));
  const seen = new Set<string>();
  for (const { target } of wanted) {
    if (target === undefined || !target.regular) continue;
    if (seen.has(target.path)) throw new ReportError(`two reports are written to ${target.path}`);
    seen.add(target.path);
  }
  const toStdout = wanted.filter(({ target }) => target === undefined).length;
  if (toStdout > 1) throw new ReportError('only one report can be written to stdout');
  const sinks: Sink[] = [];
  try {
    for (const { format, target } of wanted) {
      sinks.push(new Sink(format, target === undefined ? stdoutOutlet(stdout) : outletOf(format, target)));
    }
  } catch (error) {
    for (const sink of sinks) sink.close();
    throw error;
  }
  return {
    toStdout: toStdout > 0,
    add: (event) => {
      for (const sink of sinks) sink.add(event);
    },
    failures: () => sinks.flatMap(({ failure }) => (failure === undefined ? [] : [failure])),
    close: () => {
      for (const sink of sinks) sink.close();
    },
  };
}

/** A file: `file` is its name as given, and `path` its real path. */
type Target = { readonly file: string; readonly path: string; readonly regular: boolean };
type Wanted = { readonly format: Format; readonly target: Target | undefined };

async function readSpec(spec: string): Promise<Wanted> {
  const [, name, file] = /^([^=]*)=(.+)$/s.exec(spec) ?? [];
  if (name === undefined || file === undefined) {
    throw new ReportError(`--report takes FORMAT=FILE, such as junit=report.xml, not '${spec}'`);
  }
  try {
    const format = await loadFormat(name);
    return { format, target: file === '-' ? undefined : targetOf(file) };
  } catch (error) {
    if (error instanceof RangeError) throw new ReportError(error.message, { cause: error });
    throw error;
  }
}

function targetOf(file: string): Target {
  const path = resolve(file);
  return attempt(file, () => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) {
      if (/[/\\]$/.test(file)) throw new ReportError(unwritable(file, 'it is a folder'));
      return { file, path: join(realpathSync(dirname(path)), basename(path)), regular: true };
    }
    if (found.isDirectory()) throw new ReportError(unwritable(file, 'it is a folder'));
    accessSync(path, constants.W_OK);
    // Something that is not a regular file, such as a pipe, is only known by the path that opens it.
    return found.isFile()
      ? { file, path: realpathSync(path), regular: true }
      : { file, path, regular: false };
  });
}

/**
 * Does something with a file, and describes a failure in words.
 * @throws ReportError
 */
function attempt<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof ReportError) throw error;
    throw new ReportError(unwritable(file, reasonOf(error, file)), { cause: error });
  }
}

const unwritable = (file: string, why: string): string => `the report '${file}' cannot be written: ${why}`;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const inWords: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'no space is left',
  EDQUOT: 'no space is left',
  EFBIG: 'the file would be too large',
  EIO: 'the disk failed',
  EPIPE: 'its reader has gone',
};

function reasonOf(error: unknown, file: string): string {
  const code = codeOf(error) ?? '';
  if (code === 'ENOENT') return `there is no folder '${dirname(file)}'`;
  if (code === 'ENOTDIR') return `'${dirname(file)}' is not a folder`;
  return inWords[code] ?? `the system refuses it (${code || 'unknown reason'})`;
}

/** Where the text of a report goes. Both methods may throw. */
type Outlet = {
  readonly file: string;
  write(text: string): void;
  /** Ends the output; `whole` says whether the report is complete. */
  close(whole: boolean): void;
};

/** A report, and where it goes. */
class Sink {
  failure: string | undefined;
  private readonly format: Format;
  private readonly outlet: Outlet;
  private readonly tell: (event: Event) => void;
  private state: 'new' | 'started' | 'closed' = 'new';

  constructor(format: Format, outlet: Outlet) {
    this.format = format;
    this.outlet = outlet;
    this.tell = format.report((text) => this.keeping(() => outlet.write(text)));
  }

  add(event: Event): void {
    if (this.failure !== undefined || this.state === 'closed') return;
    this.state = 'started';
    this.tell(event);
    if (event.type === 'end') this.finish();
  }

  close(): void {
    if (this.state === 'started' && this.failure === undefined && !this.format.asItHappens) {
      this.add({ type: 'end', seconds: 0, stopped: 'the run did not finish' });
    }
    this.finish();
  }

  private finish(): void {
    if (this.state === 'closed') return;
    const whole = this.failure === undefined && this.state === 'started';
    this.state = 'closed';
    this.keeping(() => this.outlet.close(whole));
  }

  /** Runs an action, and keeps its failure if it is the first. */
  private keeping(action: () => void): void {
    try {
      action();
    } catch (error) {
      const { file } = this.outlet;
      this.failure ??= unwritable(file, reasonOf(error, file));
    }
  }
}

/** If the reader of stdout closes it early, as `head` does, that is not a failure. */
const stdoutOutlet = (stdout: { write(text: string): unknown }): Outlet => ({
  file: 'stdout',
  write: (text) => {
    try {
      stdout.write(text);
    } catch (error) {
      if (codeOf(error) !== 'EPIPE') throw error;
    }
  },
  close: () => {},
});

const outletOf = (format: Format, target: Target): Outlet =>
  target.regular && !format.asItHappens ? replacing(target) : appending(target);

/**
 * A file that is written as events happen. It always ends with a whole line, even if the next line could not be
 * written.
 */
function appending({ file, path }: Target): Outlet {
  const descriptor = attempt(file, () => openSync(path, 'w'));
  let length = 0;
  return {
    file,
    write: (text) => {
      const bytes = Buffer.from(text);
      try {
        writeAll(descriptor, bytes);
      } catch (error) {
        if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor, length);
        throw error;
      }
      length += bytes.length;
    },
    close: () => closeSync(descriptor),
  };
}

/** A file that appears only when it is complete: it is written under another name and then renamed. */
function replacing({ file, path }: Target): Outlet {
  const beside = `${path}.${process.pid}.tmp`;
  attempt(file, () => {
    closeSync(openSync(beside, 'w'));
    rmSync(beside);
    rmSync(path, { force: true });
  });
  let text = '';
  return {
    file,
    write: (more) => {
      text += more;
    },
    close: (whole) => {
      if (!whole) return;
      try {
        const descriptor = openSync(beside, 'w');
        try {
          writeAll(descriptor, Buffer.from(text));
        } finally {
          closeSync(descriptor);
        }
        renameSync(beside, path);
      } catch (error) {
        rmSync(beside, { force: true });
        throw error;
      }
    },
  };
}

/** A system may write only a part at a time. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let from = 0; from < bytes.length;) from += writeSync(descriptor, bytes, from);
}
