/* Finds the existing bytecode files of a source. It reads folders and names; headers.ts reads the contents. */
import { readdirSync } from 'node:fs';
import {
  bytecodeFiles,
  foreignFile,
  ordinaryFile,
  type BytecodeFile,
  type Runner,
  type Wanted,
} from '../bytecode-files.ts';
import { named, type Named } from '../names-in-the-wild.ts';
import { plainState, type State } from '../python/interpreter.ts';
import { newestKnown, parseRelease, releaseOf } from '../python/releases.ts';
import { pathsOf } from '../python/paths.ts';
import type { Str } from '../python/text.ts';
import { decode, locate } from './bytes.ts';

/** For each part of a name, whether all its values are wanted, including unknown ones. */
export type Filters = {
  readonly implementation: boolean;
  readonly version: boolean;
  readonly level: boolean;
};

/**
 * The existing files: those that are possible, and others in the same folders that belong to the source.
 *
 * @param possible the result of `bytecodeFiles`
 */
export function filesOnDisk(
  source: Str,
  possible: readonly BytecodeFile[],
  wanted: Wanted,
  wantsAll: Filters,
): BytecodeFile[] {
  const os = pathsOf(wanted.platform, releaseOf(newestKnown));
  const target = { version: newestKnown, platform: wanted.platform };
  const state: State = { ...plainState(newestKnown, wanted.platform), pycachePrefix: wanted.pycachePrefix };
  const ofPath = new Map(possible.map((one) => [one.path.units, one]));
  // The source may also have another name: below a prefix, it is absolute.
  const texts = possible.flatMap(({ path }) => named(path, state, target).source?.units ?? []);
  const sources = new Set([source.units, ...texts]);
  const folderOf = (path: Str): Str => os._path_split(path)[0];
  // Not every program uses the prefix, and files written without it may still exist.
  const all = [...possible, ...bytecodeFiles(source, { ...wanted, pycachePrefix: null }).files];
  const folders = new Map(all.map(({ path }) => folderOf(path)).map((one) => [one.units, one]));
  /** Whether an interpreter keeps its files in a folder. */
  const looksIn = (folder: Str, { implementation, series }: Runner): boolean => {
    const its = { implementations: [implementation], versions: [parseRelease(series)!], levels: ['0'] };
    const { files } = bytecodeFiles(source, { ...wanted, ...its });
    return files.some(({ path, isLegacy }) => !isLegacy && folderOf(path).equals(folder));
  };
  return [...folders.values()].flatMap((folder) =>
    namesIn(folder, wanted).flatMap((name) => {
      const path = folder.isEmpty ? name : folder.append(os.path_sep, name);
      const one = ofPath.get(path.units);
      if (one) return [one];
      const its = named(path, state, target);
      const isOfSource = its.source !== undefined && sources.has(its.source.units);
      if (!isOfSource || !isWanted(its, wanted, wantsAll)) return [];
      return [fileOf(path, its, (runner) => looksIn(folder, runner))];
    }),
  );
}

/** The names in a folder, sorted by UTF-16 units; empty if there is no such folder. */
function namesIn(folder: Str, { cwd }: Wanted): Str[] {
  const path = folder.isEmpty ? '.' : folder.units;
  try {
    return readdirSync(locate(cwd!.units, path), { encoding: 'buffer' }).map(decode).toSorted(byUnits);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

const byUnits = (a: Str, b: Str): number => (a.units < b.units ? -1 : 1);

function isWanted(its: Named, { implementations, versions, levels }: Wanted, all: Filters): boolean {
  const ofVersion = new Set(versions.map(([major, minor]) => `${major}.${minor}`));
  const isOfInterpreter = its.interpreters.some(
    ({ implementation, series }) =>
      (all.implementation || implementations.includes(implementation)) &&
      (all.version || ofVersion.has(series)),
  );
  return (
    (isOfInterpreter || (all.implementation && all.version)) &&
    (all.level || its.levels.some((level) => levels.includes(level)))
  );
}

function fileOf(
  path: Str,
  { writer, isRead, interpreters, levels }: Named,
  isAtItsPlace: (runner: Runner) => boolean,
): BytecodeFile {
  const runners = interpreters.flatMap((one) => levels.map((level) => ({ ...one, level })));
  if (runners.length === 0)
    return foreignFile(path, writer ?? 'an unknown program', [], isRead && writer !== undefined);
  const looking = runners.filter(isAtItsPlace);
  if (looking.length === 0) {
    return foreignFile(path, `${writer ?? 'an interpreter'} with another prefix`, runners, false);
  }
  return writer === undefined && isRead
    ? ordinaryFile(path, looking)
    : foreignFile(path, writer ?? 'an unknown program', looking, isRead && writer !== undefined);
}
