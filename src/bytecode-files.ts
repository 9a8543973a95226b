/*
 * Every bytecode file that can belong to a source: of each interpreter whose tag is known, at each level, and beside
 * the source, where files were before PEP 3147; with the programs that write and read each. What tools write was found
 * by running them; spec/way-back.md lists the releases.
 */
import type { Answered, Raised } from './python/call.ts';
import { named } from './names-in-the-wild.ts';
import { plainState, type Platform, type State } from './python/interpreter.ts';
import { pathsOf } from './python/paths.ts';
import { compareVersions, newestKnown, parseRelease, releaseOf, type Version } from './python/releases.ts';
import { implementationNames, tags, type Implementation, type Tagged } from './python/tags.ts';
import { str, type Str } from './python/text.ts';
import { isalnum } from './python/unicode.ts';
import { answer, type Target } from './reference.ts';

/** The interpreters, levels and state for which to list files. */
export type Wanted = Pick<Target, 'platform'> &
  Pick<State, 'pycachePrefix' | 'cwd'> & {
    readonly implementations: readonly Implementation[];
    /** A series stands for its latest known behaviour. */
    readonly versions: readonly Version[];
    /** The levels as in a segment; `0` is the level without a segment. */
    readonly levels: readonly string[];
  };

/** An interpreter at a level. */
export type Runner = {
  readonly implementation: Implementation;
  readonly series: string;
  readonly level: string;
};

/** A file, with its writers and readers in words. */
export type BytecodeFile = {
  readonly path: Str;
  /** Whether it is beside the source, outside a cache folder. */
  readonly isLegacy: boolean;
  /** The program that it belongs to, if that is not Python itself. */
  readonly owner: string | undefined;
  readonly runners: readonly Runner[];
  readonly writers: readonly string[];
  readonly readers: readonly string[];
};

/** The exception that Python raises for the source instead of returning a file. */
export type Untold = { readonly runner: Runner; readonly outcome: Raised };

export type BytecodeFiles = { readonly files: readonly BytecodeFile[]; readonly untold: readonly Untold[] };

/** The files of a source, each once. The file system is not read. */
export function bytecodeFiles(source: Str, wanted: Wanted): BytecodeFiles {
  const runnersAt = new Map<string, { path: Str; runners: Runner[] }>();
  const untold: Untold[] = [];
  for (const { tagged, version, level } of asked(wanted)) {
    const runner: Runner = { implementation: tagged.implementation, series: tagged.series, level };
    const outcome = fileOf(source, tagged, version, level, wanted);
    if (outcome.kind === 'raise') untold.push({ runner, outcome });
    else {
      const path = outcome.value as Str;
      const found = runnersAt.get(path.units);
      if (found) found.runners.push(runner);
      else runnersAt.set(path.units, { path, runners: [runner] });
    }
  }
  const files = [...runnersAt.values()].map(({ path, runners }) =>
    isNumber(runners[0]!.level) ? ordinaryFile(path, runners) : ownFile(path, runners, wanted),
  );
  return { files: [...files, ...legacyFiles(source, wanted)], untold };
}

/** A file that each of these interpreters would write and read. */
export function ordinaryFile(path: Str, runners: readonly Runner[]): BytecodeFile {
  const readers = runners.map((one) =>
    nameOf(`${implementationNames[one.implementation]} ${one.series}`, one.level),
  );
  const writers = [...readers, ...toolsOf(runners)];
  return { path, isLegacy: false, owner: undefined, runners, readers, writers };
}

/** A file that another program writes and, if anything does, reads. */
export function foreignFile(
  path: Str,
  owner: string,
  runners: readonly Runner[],
  isRead: boolean,
): BytecodeFile {
  return { path, isLegacy: false, owner, runners, writers: [owner], readers: isRead ? [owner] : [] };
}

/** A file of a level at which no interpreter runs, because its segment belongs to a program. */
function ownFile(path: Str, runners: readonly Runner[], { platform }: Wanted): BytecodeFile {
  const { writer, isRead } = named(path, plainState(newestKnown, platform), {
    version: newestKnown,
    platform,
  });
  return foreignFile(path, writer ?? `a call with the optimization '${runners[0]!.level}'`, runners, isRead);
}

/**
 * Another source with the same files, except those beside it: their names do not contain the end of the source's name.
 */
export function sharing(source: Str, platform: Platform): Str | undefined {
  const [, name] = pathsOf(platform, releaseOf(newestKnown))._path_split(source);
  const [base, dot, rest] = name.rpartition('.');
  if (dot === '' || (!base.isEmpty && rest.is('py'))) return undefined;
  const directory = source.slice(0, source.units.length - name.units.length);
  return directory.concat(base.isEmpty ? rest : base).concat(str('.py'));
}

type Asked = { readonly tagged: Tagged; readonly version: Version; readonly level: string };

function asked({ implementations, versions, levels }: Wanted): Asked[] {
  return versions.flatMap((version) =>
    tags
      .filter(({ implementation, series }) => {
        const [major, minor] = parseRelease(series)!;
        return implementations.includes(implementation) && version[0] === major && version[1] === minor;
      })
      .flatMap((tagged) =>
        levels.filter((level) => has(tagged, version, level)).map((level) => ({ tagged, version, level })),
      ),
  );
}

/** Whether files of a level exist for a release. */
const has = ({ implementation }: Tagged, version: Version, level: string): boolean => {
  // GraalPy ignores -O and -OO.
  if (implementation === 'graalpy') return level === '0';
  return releaseOf(version).holds.optimization || /^[012]$/.test(level);
};

function fileOf(
  source: Str,
  { implementation, tag }: Tagged,
  version: Version,
  level: string,
  wanted: Wanted,
): Answered {
  const state: State = {
    cacheTag: str(tag),
    optimize: 0n,
    // RustPython ignores both the option and the variable.
    pycachePrefix: implementation === 'rustpython' ? null : wanted.pycachePrefix,
    cwd: wanted.cwd,
  };
  const kwargs = releaseOf(version).holds.optimization
    ? [['optimization', str(level === '0' ? '' : level)] as const]
    : [['debug_override', level === '0'] as const];
  return answer({ args: [source], kwargs, state }, { version, platform: wanted.platform });
}

/** Whether a segment can contain this level. */
export const isLevel = (text: string): boolean =>
  text !== '' && isalnum(str(text), releaseOf(newestKnown).unicode);

/** Whether it is a number: interpreters run only at such levels. */
const isNumber = (level: string): boolean => /^(?:0|[1-9]\d*)$/.test(level);

/** An interpreter with its level: `CPython 3.13 -OO`. */
export const nameOf = (interpreter: string, level: string): string =>
  interpreter + ({ '0': '', '1': ' -O', '2': ' -OO' }[level] ?? ` with PYTHONOPTIMIZE=${level}`);

/** The tools that write files of a level when they install or compile, using CPython. */
function toolsOf(runners: readonly Runner[]): readonly string[] {
  const cpython = runners.find(({ implementation }) => implementation === 'cpython');
  return (cpython && tools[cpython.level]) ?? [];
}

const tools: Readonly<Record<string, readonly string[]>> = {
  '0': ['pip', 'uv', 'poetry', 'installer', 'meson', 'setuptools'],
  '1': ['pip and uv with PYTHONOPTIMIZE=1', 'installer', 'meson', 'setuptools with the bytes of level 0'],
  '2': ['pip and uv with PYTHONOPTIMIZE=2', 'meson', 'setuptools with the bytes of level 0'],
};

/** The files beside the source, whose names contain neither interpreter nor level. */
function legacyFiles(source: Str, { platform, versions, implementations, levels }: Wanted): BytecodeFile[] {
  const version = versions.at(-1);
  if (version === undefined || !source.units.endsWith('.py')) return [];
  const [, name] = pathsOf(platform, releaseOf(version))._path_split(source);
  const stem = source.slice(0, source.units.length - '.py'.length);
  if (name.units === '.py') return [];
  const pyc: BytecodeFile = {
    path: stem.concat(str('.pyc')),
    isLegacy: true,
    owner: undefined,
    runners: [],
    writers: ['compileall -b', 'PyZipFile', 'pyc-wheel', 'pex --compile'],
    readers: ['the interpreter that wrote it at any level if there is no source', 'zipimport'],
  };
  const old = versions.filter((one) => !releaseOf(one).holds.optimization);
  if (old.length === 0 || !implementations.includes('cpython') || levels.every((level) => level === '0'))
    return [pyc];
  const pyo: BytecodeFile = {
    path: stem.concat(str('.pyo')),
    isLegacy: true,
    owner: undefined,
    runners: [],
    writers: ['compileall -b with -O'],
    readers: ['the interpreter that wrote it with -O if there is no source'],
  };
  return [pyc, pyo];
}

/** Every series of Python for which a tag is known, oldest first. */
export const everySeries = (implementations: readonly Implementation[]): Version[] =>
  [...new Set(tags.filter((one) => implementations.includes(one.implementation)).map(({ series }) => series))]
    .map((series) => parseRelease(series)!)
    .toSorted(compareVersions);
