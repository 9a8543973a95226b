/* The fields of the try-it page, and the call that they describe. */
import { decodeValue, encodeValue, EncodingError } from '../../../../src/conformance/codec.ts';
import type { Call } from '../../../../src/python/call.ts';
import { cpythonTag, plainState, type Platform, type State } from '../../../../src/python/interpreter.ts';
import {
  formatVersion,
  known,
  knownSeries,
  oldestKnown,
  parseRelease,
  type Version,
} from '../../../../src/python/releases.ts';
import { parseCall, parseValue, SourceError, type ParsedCall } from '../../../../src/python/source.ts';
import { Str, str } from '../../../../src/python/text.ts';
import type { Value } from '../../../../src/python/values.ts';
import { isOfBytecode, type Target } from '../../../../src/reference.ts';

/** The fields. A text field that its kind does not use keeps its text. */
export type Form = {
  /**
   * How to read `path`: as the path itself, as a Python value, or as a complete call. A complete call names its
   * function. Otherwise, the path of a bytecode file, if it is the only argument, selects `source_from_cache`.
   */
  kind: 'text' | 'value' | 'call';
  path: string;
  /** Omitted, one of the usual values, or the content of `optimizationText` as text or as a Python value. */
  optimization: 'none' | UsualOptimization | 'text' | 'value';
  optimizationText: string;
  debugOverride: 'none' | 'true' | 'false';
  /** A release with three numbers. */
  version: string;
  platform: Platform;
  cacheTag: 'own' | 'none' | 'text';
  cacheTagText: string;
  /** An integer. */
  optimize: string;
  pycachePrefix: 'none' | 'text';
  pycachePrefixText: string;
  /** The usual one is that of `plainState`. */
  cwd: 'usual' | 'text' | 'removed';
  cwdText: string;
};

/** Python source. */
export const usualOptimizations = ['0', '1', '2', "''"] as const;
export type UsualOptimization = (typeof usualOptimizations)[number];

export const isUsualOptimization = (source: string): source is UsualOptimization =>
  usualOptimizations.some((usual) => usual === source);

/** The release that a series such as 3.13 stands for. */
export const latestOf = (series: string): string => formatVersion(parseRelease(series)!);

export const plainForm = (): Form => ({
  kind: 'text',
  path: '/foo/bar/baz.py',
  optimization: 'none',
  optimizationText: '',
  debugOverride: 'none',
  version: latestOf(knownSeries.at(-1)!),
  platform: 'posix',
  cacheTag: 'own',
  cacheTagText: '',
  optimize: '0',
  pycachePrefix: 'none',
  pycachePrefixText: '',
  cwd: 'usual',
  cwdText: '',
});

/** A question to answer. */
export type Question = {
  readonly call: Call;
  readonly target: Target;
  /** The state that the comment after a complete call sets, by Python's names. */
  readonly told: readonly string[];
  /**
   * The same call on another platform. A working directory that the user did not choose becomes that platform's usual
   * one.
   */
  readonly on: (platform: Platform) => Call;
};

/** A field that cannot be read. */
export type Problem = {
  readonly field: 'path' | 'optimization';
  readonly source: string;
  /** What is expected at the offset or, without an offset, what is wrong with the whole text. */
  readonly wanted: string;
  readonly at?: number;
};

export const isProblem = (read: Question | Problem): read is Problem => 'wanted' in read;

/** More than anyone types, and short enough to parse at every key press. */
export const longestSource = 5000;

export function readForm(form: Form): Question | Problem {
  const path = reading('path', form.path, () => parsedCall(form));
  if (isFault(path)) return path;
  const optimization = reading('optimization', form.optimizationText, () => optimizationOf(form));
  if (isFault(optimization)) return optimization;
  const { function: name, args, kwargs, state, target } = path.read;
  const version = target.version ?? parseRelease(form.version)!;
  if (known(version) === 'older') {
    const oldest = formatVersion(oldestKnown);
    return {
      field: 'path',
      source: form.path,
      wanted: `Python ${formatVersion(version)} is older than ${oldest}, the oldest release specified`,
    };
  }
  const chosen = { platform: form.platform, ...target, version };
  const more = form.kind === 'call' ? [] : [...overrideOf(form), ...optimization.read];
  const stateOn = (platform: Platform): State => ({ ...stateOf(form, version, platform), ...state });
  const isBack =
    form.kind === 'call'
      ? name !== undefined
      : more.length === 0 &&
        args[0] instanceof Str &&
        isOfBytecode(args[0], stateOn(chosen.platform), chosen);
  const on = (platform: Platform): Call => ({
    ...(isBack ? { function: 'source_from_cache' } : {}),
    state: stateOn(platform),
    args,
    kwargs: [...kwargs, ...more],
  });
  return {
    call: on(chosen.platform),
    target: chosen,
    told: [...Object.keys(target), ...Object.keys(state)].map((name) => namesInPython[name] ?? name),
    on,
  };
}

const namesInPython: Record<string, string> = {
  version: 'python',
  cacheTag: 'cache_tag',
  pycachePrefix: 'pycache_prefix',
};

type Read<T> = { readonly read: T };
const isFault = (one: Read<unknown> | Problem): one is Problem => 'wanted' in one;

function reading<T>(field: Problem['field'], source: string, read: () => T): Read<T> | Problem {
  try {
    return { read: read() };
  } catch (error) {
    if (error instanceof SourceError) {
      const { place } = error;
      return place ? { field, source, ...place } : { field, source, wanted: error.message };
    }
    if (error instanceof EncodingError) {
      return {
        field,
        source,
        wanted: 'Raises and Sequence describe what a method does: use them only inside PathLike and Object',
      };
    }
    throw error;
  }
}

const plainCall: Pick<ParsedCall, 'state' | 'target'> = { state: {}, target: {} };

function parsedCall({ kind, path }: Form): ParsedCall {
  if (kind === 'text') return { ...plainCall, args: [str(path)], kwargs: [] };
  if (kind === 'value') return { ...plainCall, args: [checkedValue(path)], kwargs: [] };
  // Skips the prompt of an interactive session and the module's name.
  const call = parseCall(
    limited(path).replace(/^\s*(?:>>> *)?(?:importlib\.)?(?:util\.)?/, (lead) => ' '.repeat(lead.length)),
  );
  for (const value of [...call.args, ...call.kwargs.map(([, value]) => value)]) checked(value);
  return call;
}

function optimizationOf({ kind, optimization, optimizationText }: Form): Call['kwargs'] {
  if (kind === 'call' || optimization === 'none') return [];
  const value =
    optimization === 'text'
      ? str(optimizationText)
      : checkedValue(optimization === 'value' ? optimizationText : optimization);
  return [['optimization', value]];
}

const overrideOf = ({ debugOverride }: Form): Call['kwargs'] =>
  debugOverride === 'none' ? [] : [['debug_override', debugOverride === 'true']];

function checkedValue(source: string): Value {
  const [name] = /^[a-z_]\w*$/i.exec(source.trim()) ?? [];
  if (name !== undefined && !['None', 'True', 'False'].includes(name)) {
    throw new SourceError(`${name} is a name; put text in quotes, '${name}'`);
  }
  return checked(parseValue(limited(source)));
}

/** @throws EncodingError for an answer of a method in place of a value */
const checked = (value: Value): Value => decodeValue(encodeValue(value));

function limited(source: string): string {
  if (source.length <= longestSource) return source;
  throw new SourceError(`Python source of more than ${longestSource} characters is not read here`);
}

function stateOf(form: Form, version: Version, platform: Platform): State {
  const plain = plainState(version, platform);
  return {
    cacheTag:
      form.cacheTag === 'own'
        ? cpythonTag(version)
        : form.cacheTag === 'none'
          ? null
          : str(form.cacheTagText),
    optimize: BigInt(form.optimize),
    pycachePrefix: form.pycachePrefix === 'none' ? null : str(form.pycachePrefixText),
    cwd: form.cwd === 'usual' ? plain.cwd : form.cwd === 'removed' ? null : str(form.cwdText),
  };
}
