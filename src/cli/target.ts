/*
 * What a command is told of the interpreter and of the arguments: for serve, path and explain.
 */
import type { Answered, Call } from '../python/call.ts';
import { cpythonTag, isPlatform, platforms, type Platform, type State } from '../python/interpreter.ts';
import {
  formatVersion,
  known,
  knownSeries,
  newestKnown,
  oldestKnown,
  parseRelease,
  releaseOf,
  type Version,
} from '../python/releases.ts';
import {
  implementationNames,
  implementations,
  isImplementation,
  seriesKnown,
  tagOf,
  type Implementation,
} from '../python/tags.ts';
import { str, type Str } from '../python/text.ts';
import type { Target } from '../reference.ts';
import { readWhole, UsageError, type ValuesOf } from './usage.ts';

type TargetValues = ValuesOf<'serve'>;
type QuestionValues = ValuesOf<'explain'>;

/** Says on stderr what the user should know, and what changes no exit code. */
export const note = (sentence: string): void => console.error(`pycache-spec: ${sentence}.`);

/**
 * The interpreter that is meant. A release that is newer than the newest known one is noted.
 * @throws UsageError
 */
export const readTarget = (values: TargetValues): Target => ({
  version: readVersion(values['python-version']),
  platform: readPlatform(values.platform),
});

/** @throws UsageError */
export function readVersion(text: string): Version {
  const version = parseRelease(text);
  if (!version) throw new UsageError(`'${text}' is not a Python version such as 3.12.1`);
  const reach = known(version);
  if (reach === 'older') {
    throw new UsageError(
      `Python ${text} is older than ${formatVersion(oldestKnown)}, the oldest release specified`,
    );
  }
  if (reach === 'newer') {
    const newest = newestKnown.slice(0, 2).join('.');
    note(`Python ${text} is newer than ${newest}, the newest series specified, and is treated like it`);
  }
  return version;
}

/**
 * The release that a subject is to be held to, where one is asked for.
 * @throws UsageError
 */
export function readHeldTo(text: string | undefined): Version | undefined {
  if (text === undefined) return undefined;
  const version = parseRelease(text);
  if (version && known(version) === 'known') return version;
  throw new UsageError(
    `--python-version takes a release of ${knownSeries.slice(0, -1).join(', ')} or ${knownSeries.at(-1)!}, such as 3.12.1, not '${text}'`,
  );
}

export function readPlatform(text: string): Platform {
  if (isPlatform(text)) return text;
  throw new UsageError(`'${text}' is not a supported platform; the platforms are ${platforms.join(', ')}`);
}

/** All of a call but its path. */
export type Question = {
  readonly target: Target;
  /** The working directory is null where none was given. */
  readonly state: State;
  call(path: Str): Call;
};

/** @throws UsageError */
export function readQuestion(values: QuestionValues): Question {
  const target = readTarget(values);
  const { 'pycache-prefix': prefix, cwd } = values;
  if (prefix !== undefined && !releaseOf(target.version).has('pycache-prefix')) {
    note(`Python ${formatVersion(target.version)} has no sys.pycache_prefix: --pycache-prefix is ignored`);
  }
  const state: State = {
    cacheTag: readTag(values, target.version),
    optimize: BigInt(readWhole('optimize', values.optimize, 0, 2 ** 31 - 1)),
    pycachePrefix: prefix === undefined ? null : str(prefix),
    cwd: cwd === undefined ? null : readWorkingDirectory(cwd, target.platform),
  };
  const kwargs: Call['kwargs'] = [
    ...(values['debug-override'] === undefined
      ? []
      : [['debug_override', readTruth(values['debug-override'])] as const]),
    ...(values.optimization === undefined ? [] : [['optimization', str(values.optimization)] as const]),
  ];
  return { target, state, call: (path) => ({ state, args: [path], kwargs }) };
}

type TagValues = {
  readonly implementation?: string | undefined;
  readonly 'cache-tag'?: string | undefined;
  readonly 'no-cache-tag': boolean;
};

/**
 * The tag that is asked for, or that of the implementation.
 * @throws UsageError
 */
export function readTag(values: TagValues, version: Version): Str | null {
  const { implementation, 'cache-tag': tag, 'no-cache-tag': none } = values;
  if (tag !== undefined && none) throw new UsageError('--cache-tag and --no-cache-tag cannot be combined');
  if (implementation === undefined) return none ? null : tag === undefined ? cpythonTag(version) : str(tag);
  if (tag !== undefined || none) {
    throw new UsageError('--implementation determines the cache tag, so no other tag can be given');
  }
  const [one] = readImplementations(implementation);
  const known = tagOf(one!, version);
  if (known !== undefined) return known;
  const [name, series] = [implementationNames[one!], seriesKnown(one!).join(', ')];
  const wanted = `${version[0]}.${version[1]}`;
  throw new UsageError(
    `the tag of ${name} is known for Python ${series}, not for ${wanted}: give one of these releases with --python-version, or the tag with --cache-tag`,
  );
}

/** @throws UsageError */
export function readImplementations(...texts: readonly string[]): Implementation[] {
  return texts.map((text) => {
    if (isImplementation(text)) return text;
    throw new UsageError(
      `'${text}' is not a known implementation; the implementations are ${implementations.join(', ')}`,
    );
  });
}

/** No system has a working directory that is relative. */
export function readWorkingDirectory(text: string, platform: Platform): Str {
  const isAbsolute = platform === 'posix' ? /^\// : /^(?:[a-z]:[\\/]|[\\/]{2})/i;
  if (isAbsolute.test(text)) return str(text);
  throw new UsageError(`--cwd takes an absolute path, not '${text}'`);
}

function readTruth(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new UsageError(`--debug-override takes true or false, not '${text}'`);
}

/**
 * Without `--cwd` a result that depends on the working directory is none.
 * @throws UsageError
 */
export function requireWorkingDirectory(outcome: Answered, { state }: Question, where: string): void {
  if (state.cwd !== null || outcome.kind !== 'raise' || outcome.type !== 'FileNotFoundError') return;
  throw new UsageError(
    `${where}below the prefix, the result for a relative path depends on the working directory: give it with --cwd`,
  );
}
