/*
 * importlib.util.source_from_cache, following CPython line by line, with CPython's names: read it beside CPython's
 * source, Lib/importlib/_bootstrap_external.py. It is the inverse of cache-from-source.ts, and chapter 10 of spec/.
 */
import { bindArguments, type Signature } from './python/arguments.ts';
import type { Call } from './python/call.ts';
import { raised } from './python/exceptions.ts';
import type { Target } from './python/interpreter.ts';
import { live } from './python/objects.ts';
import { characters, fspath, isText, reprOf } from './python/operations.ts';
import { pathsOf } from './python/paths.ts';
import { releaseOf } from './python/releases.ts';
import { Str, str } from './python/text.ts';
import { isalnum } from './python/unicode.ts';
import type { CallRecord } from './record.ts';

const _PYCACHE = '__pycache__';
const _OPT = 'opt-';
const SOURCE_SUFFIX = str('.py');

/**
 * The path of a bytecode file's source file.
 *
 * @param call the arguments, and the state of the interpreter that the function reads: the cache tag, which must not be
 *   None, and the prefix
 * @param target the interpreter's release and platform
 * @param record filled with intermediate results, even if the function raises
 * @throws Thrown what Python raises
 */
export function sourceFromCache(
  { args, kwargs, state: sys }: Call,
  { version, platform }: Target,
  record?: CallRecord,
): Str {
  const release = releaseOf(version);
  const os = pathsOf(platform, release);
  const bound = bindArguments(signature, args, kwargs, release, record);
  const given = live(bound[0] ?? null, release.unicode);
  if (record) Object.assign(record, { path: given, tag: sys.cacheTag });

  if (sys.cacheTag === null) throw raised('NotImplementedError', 'sys.implementation.cache_tag is None');
  const path = release.holds['path-like'] ? fspath(given) : given;
  if (record && isText(path)) record.fspath = characters(path);
  let [head, pycache_filename] = os.isTakenWhole(path) ? withoutFolder : os._path_split(path);
  if (record) Object.assign(record, { head, tail: pycache_filename });

  let found_in_pycache_prefix = false;
  if (release.holds['pycache-prefix'] && sys.pycachePrefix !== null) {
    const stripped_path = sys.pycachePrefix.rstrip(os.path_separators);
    if (head.startsWithStr(stripped_path.concat(str(os.path_sep)))) {
      head = head.slice(stripped_path.units.length);
      found_in_pycache_prefix = true;
    }
  }
  if (record) record.found_in_pycache_prefix = found_in_pycache_prefix;
  if (!found_in_pycache_prefix) {
    let pycache: Str;
    [head, pycache] = os._path_split(head);
    if (record) record.pycache = pycache;
    if (!pycache.is(_PYCACHE)) {
      throw raised(
        'ValueError',
        str(`${_PYCACHE} not bottom-level directory in `).concat(reprOf(path, release)),
      );
    }
  }

  if (record) record.kept = head;

  const dot_count = pycache_filename.count('.');
  if (record) record.dot_count = dot_count;
  const dots = release.holds.optimization ? [2, 3] : [2];
  if (!dots.includes(dot_count)) {
    const expected = str(`expected only ${dots.join(' or ')} dots in `);
    throw raised('ValueError', expected.concat(reprOf(pycache_filename, release)));
  }
  if (dot_count === 3) {
    const [upToOptimization] = pycache_filename.rpartition('.');
    const [, , optimization] = upToOptimization.rpartition('.');
    if (!optimization.startsWith(_OPT)) {
      throw raised('ValueError', `optimization portion of filename does not start with '${_OPT}'`);
    }
    const opt_level = optimization.removePrefix(_OPT);
    if (record) record.opt_level = opt_level;
    if (opt_level.isEmpty || !isalnum(opt_level, release.unicode)) {
      const shown = reprOf(optimization, release);
      throw raised('ValueError', Str.join('', [str('optimization level '), shown, notAlphanumeric]));
    }
  }
  const [base_filename] = pycache_filename.partition('.');
  if (record) record.base_filename = base_filename;
  return os._path_join(head, base_filename.concat(SOURCE_SUFFIX));
}

/** A value in which no separator is found has no folder, so its name is never examined. */
const withoutFolder = [Str.empty, Str.empty] as const;
const notAlphanumeric = str(' is not an alphanumeric value');

const signature: Signature = {
  name: 'source_from_cache',
  parameters: ['path'],
  positional: 1,
  required: 1,
};
