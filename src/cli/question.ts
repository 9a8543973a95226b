/* What path and explain ask of the function: the interpreter and the arguments. */
import { encodeValue, type Json } from '../conformance/codec.ts';
import type { Answered, Call } from '../python/call.ts';
import type { State } from '../python/interpreter.ts';
import { formatVersion, releaseOf } from '../python/releases.ts';
import { implementationNames } from '../python/tags.ts';
import { str, type Str } from '../python/text.ts';
import type { Target } from '../reference.ts';
import { readLike, type Like } from './like.ts';
import { note, readPlatform, readTag, readTarget, readWorkingDirectory } from './target.ts';
import { readWhole, UsageError, type ValuesOf } from './usage.ts';

type QuestionValues = Omit<ValuesOf<'explain'>, 'function'>;

/** A call without its path. */
export type Question = {
  readonly target: Target;
  /** The option `--like`, if given. */
  readonly like: Like | undefined;
  /** The working directory is null if none was given. */
  readonly state: State;
  call(path: Str): Call;
};

/**
 * Reads the options that describe a call.
 * @param given the names of the options on the command line
 * @throws UsageError
 */
export function readQuestion(values: QuestionValues, given: ReadonlySet<string>): Question {
  const like = readLikeOf(values, given);
  const target = like ? targetOf(like) : readTarget(values);
  const { cwd } = values;
  const state: State = {
    cacheTag: readTag(like ? tagValuesOf(like, values) : values, target.version),
    ...(like ? stateOfLike(like) : readState(values, target)),
    cwd: cwd === undefined ? null : readWorkingDirectory(cwd, target.platform),
  };
  const kwargs: Call['kwargs'] = [
    ...(values['debug-override'] === undefined
      ? []
      : [['debug_override', readTruth(values['debug-override'])] as const]),
    ...(values.optimization === undefined ? [] : [['optimization', str(values.optimization)] as const]),
  ];
  return { target, like, state, call: (path) => ({ state, args: [path], kwargs }) };
}

/** The state that separate options set. */
function readState(values: QuestionValues, { version }: Target): Pick<State, 'optimize' | 'pycachePrefix'> {
  const { 'pycache-prefix': prefix } = values;
  if (prefix !== undefined && !releaseOf(version).has('pycache-prefix')) {
    note(`Python ${formatVersion(version)} has no sys.pycache_prefix: --pycache-prefix is ignored`);
  }
  return {
    optimize: BigInt(readWhole('optimize', values.optimize, 0, 2 ** 31 - 1)),
    pycachePrefix: prefix === undefined ? null : str(prefix),
  };
}

/** The option `--like`. Options that set the same state are not allowed beside it. */
function readLikeOf(values: QuestionValues, given: ReadonlySet<string>): Like | undefined {
  if (values.like === undefined) return undefined;
  const twice = ['optimize', 'pycache-prefix'].find((name) => given.has(name));
  if (twice !== undefined) {
    throw new UsageError(
      `--like sets the state: --${twice} cannot be combined with it; write the setting into its value`,
    );
  }
  const version = given.has('python-version') ? values['python-version'] : undefined;
  const like = readLike(values.like, readPlatform(values.platform), version);
  const { implementation } = like.starting;
  if (values.implementation !== undefined && values.implementation !== implementation) {
    throw new UsageError(
      `--like starts ${implementationNames[implementation]}: --implementation ${values.implementation} cannot be combined with it`,
    );
  }
  return like;
}

const stateOfLike = ({ state: { level, prefix } }: Like): Pick<State, 'optimize' | 'pycachePrefix'> => ({
  optimize: level,
  pycachePrefix: prefix === null ? null : str(prefix),
});

const targetOf = ({ starting: { release, platform } }: Like): Target => ({
  version: release.version,
  platform,
});

/** Uses the tag of the implementation unless a tag is given. */
const tagValuesOf = ({ starting }: Like, values: QuestionValues): QuestionValues =>
  values['cache-tag'] === undefined && !values['no-cache-tag']
    ? { ...values, implementation: starting.implementation }
    : values;

function readTruth(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new UsageError(`--debug-override takes true or false, not '${text}'`);
}

/**
 * Rejects a result that depends on the working directory if there is no `--cwd`.
 * @throws UsageError
 */
export function requireWorkingDirectory(outcome: Answered, { state }: Question, where: string): void {
  if (state.cwd !== null || outcome.kind !== 'raise' || outcome.type !== 'FileNotFoundError') return;
  throw new UsageError(
    `${where}below the prefix, the result for a relative path depends on the working directory: give it with --cwd`,
  );
}

/** What `--like` adds to JSON output: whether bytecode is written, and the state. */
export const likeJson = ({ like, state }: Question): { readonly [key: string]: Json } =>
  like === undefined
    ? {}
    : {
        written: like.state.written,
        level: encodeValue(state.optimize),
        prefix: encodeValue(state.pycachePrefix),
        tag: encodeValue(state.cacheTag),
      };
