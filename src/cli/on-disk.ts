/* Which bytecode files of a source are there. It reads folders and names; headers.ts reads what is in them. */
import { readdirSync } from 'node:fs';
import { foreignFile, ordinaryFile, type BytecodeFile, type Wanted } from '../bytecode-files.ts';
import { named, type Named } from '../names-in-the-wild.ts';
import { plainState, type State } from '../python/interpreter.ts';
import { newestKnown, releaseOf } from '../python/releases.ts';
import { pathsOf } from '../python/paths.ts';
import type { Str } from '../python/text.ts';
import { decode, locate } from './bytes.ts';

/** Which of the parts that a name tells are all wanted, those that are not known too. */
export type Filters = {
  readonly implementation: boolean;
  readonly version: boolean;
  readonly level: boolean;
};

/**
 * The files that exist: of those that there can be, and what else in their folders belongs to the source.
 *
 * @param possible what `bytecodeFiles` gives
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
  // Another text may name the source too: below a prefix it is absolute.
  const texts = possible.flatMap(({ path }) => named(path, state, target).source?.units ?? []);
  const sources = new Set([source.units, ...texts]);
  const folders = new Map(possible.map(({ path }) => os._path_split(path)[0]).map((one) => [one.units, one]));
  return [...folders.values()].flatMap((folder) =>
    namesIn(folder, wanted).flatMap((name) => {
      const path = folder.isEmpty ? name : folder.append(os.path_sep, name);
      const one = ofPath.get(path.units);
      if (one) return [one];
      const its = named(path, state, target);
      const isOfSource = its.source !== undefined && sources.has(its.source.units);
      return isOfSource && isWanted(its, wanted, wantsAll) ? [fileOf(path, its)] : [];
    }),
  );
}

/** The names in a folder, in the order of their characters; none where there is no such folder. */
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

function fileOf(path: Str, { writer, isRead, interpreters, levels }: Named): BytecodeFile {
  const runners = interpreters.flatMap((one) => levels.map((level) => ({ ...one, level })));
  if (writer === undefined && isRead && runners.length > 0) return ordinaryFile(path, runners);
  return foreignFile(path, writer ?? 'somebody', runners, isRead && writer !== undefined);
}
