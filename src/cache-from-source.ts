/*
 * importlib.util.cache_from_source, following CPython line by line, with CPython's names: read it beside CPython's
 * source, Lib/importlib/_bootstrap_external.py. The landmarks are the chapters of spec/. Differences between releases
 * are queried by name, `release.holds['…']`; python/releases.ts defines since when each holds.
 */
import { bindArguments, type Signature } from './python/arguments.ts';
import type { Call } from './python/call.ts';
import { raised, type Warning } from './python/exceptions.ts';
import type { Target } from './python/interpreter.ts';
import { live } from './python/objects.ts';
import { characters, formatted, fspath, isText, reprOf, strOf, truthOf } from './python/operations.ts';
import { pathsOf } from './python/paths.ts';
import { releaseOf, type Release } from './python/releases.ts';
import { Str, str } from './python/text.ts';
import { isalnum } from './python/unicode.ts';
import type { CallRecord } from './record.ts';

const _PYCACHE = str('__pycache__');
const _OPT = str('.opt-');

/**
 * The path of a source file's bytecode file.
 *
 * @param call the arguments, and the state of the interpreter that the function reads
 * @param target the interpreter's release and platform
 * @param warnings receives each warning when it is issued
 * @param record filled with intermediate results, even if the function raises
 * @throws Thrown what Python raises
 */
export function cacheFromSource(
  { args, kwargs, state: sys }: Call,
  { version, platform }: Target,
  warnings: { push(warning: Warning): unknown },
  record?: CallRecord,
): Str {
  const release = releaseOf(version);
  const os = pathsOf(platform, release);

  /* 1 How the function is called */
  const signature = signatureOf(release);
  const bound = bindArguments(signature, args, kwargs, release, record);
  const path = live(bound[0] ?? null, release.unicode);
  const debug_override = live((signature === withoutOverride ? null : bound[1]) ?? null, release.unicode);
  let optimization = live((signature === withoutOverride ? bound[1] : bound[2]) ?? null, release.unicode);
  if (record) Object.assign(record, { path, debug_override, optimization });

  /* 5 The debug override */
  let suffix = pyc;
  if (!release.holds.optimization) {
    const debug = debug_override === null ? sys.optimize === 0n : truthOf(debug_override, release);
    suffix = debug ? pyc : pyo;
    if (record) record.chosen = debug;
  } else {
    if (debug_override !== null) {
      warnings.push(deprecated);
      if (optimization !== null) {
        throw raised('TypeError', 'debug_override or optimization must be set to None');
      }
      optimization = truthOf(debug_override, release) ? Str.empty : 1n;
    }
    if (record) record.chosen = optimization;
  }

  /* 6 Path-like objects */
  const text = release.holds['path-like'] ? fspath(path) : path;
  if (record && isText(text)) record.fspath = characters(text);

  /* 2 The path */
  let [head, tail] = os._path_split(text);
  const [base, sep, rest] = release.holds['name-ends-at-last-dot']
    ? tail.rpartition('.')
    : tail.partition('.');
  if (record) Object.assign(record, { head, tail, base, sep, rest });

  /* 3 The cache tag */
  const tag = sys.cacheTag;
  if (record) record.tag = tag;
  if (tag === null) throw raised('NotImplementedError', 'sys.implementation.cache_tag is None');
  const name = base.isEmpty && release.holds['name-ends-at-last-dot'] ? rest : base;
  let almost_filename = name.append(sep, tag);

  /* 4 The optimization */
  if (release.holds.optimization) {
    optimization ??= sys.optimize === 0n ? Str.empty : sys.optimize;
    const own = strOf(optimization, release);
    const judged = characters(own);
    if (record) record.text = judged;
    if (!judged.isEmpty) {
      if (!isalnum(judged, release.unicode)) {
        throw raised('ValueError', reprOf(judged, release).concat(str(' is not alphanumeric')));
      }
      almost_filename = almost_filename.concat(_OPT).concat(formatted(own, release));
    }
  }
  const filename = almost_filename.concat(suffix);
  if (record) Object.assign(record, { stem: name, almost_filename, filename });

  /* 8 The pycache prefix */
  if (release.holds['pycache-prefix'] && sys.pycachePrefix !== null) {
    head = os._path_abspath(head, sys, record);
    if (record) record.absolute = head;
    const second = head.withoutFirst();
    if (second.isEmpty && !release.holds['short-directories']) {
      throw raised('IndexError', 'string index out of range');
    }
    if (second.startsWith(':') && !os.path_separators.includes(head.units[0]!)) head = second.slice(1);
    const below = head.lstrip(os.path_separators);
    if (record) record.below = below;
    return os._path_join(sys.pycachePrefix, below, filename);
  }
  return os._path_join(head, _PYCACHE, filename);
}

const pyc = str('.pyc');
const pyo = str('.pyo');
const deprecated: Warning = {
  category: 'DeprecationWarning',
  message: str("the debug_override parameter is deprecated; use 'optimization' instead"),
};

const signature = (positional: number, ...parameters: readonly string[]): Signature => ({
  name: 'cache_from_source',
  parameters,
  positional,
  required: 1,
});
const withOverride = signature(2, 'path', 'debug_override', 'optimization');
const withoutOverride = signature(1, 'path', 'optimization');
const withoutOptimization = signature(2, 'path', 'debug_override');

export function signatureOf(release: Release): Signature {
  if (!release.holds.optimization) return withoutOptimization;
  return release.holds['no-debug-override'] ? withoutOverride : withOverride;
}
