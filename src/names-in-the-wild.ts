/*
 * Identifies bytecode files by their names: the answer of `source_from_cache` and, where it is wrong or missing, what
 * the programs that write such names mean. What they write was found by running them; spec/way-back.md lists the
 * releases.
 */
import { callBack, type Answered } from './python/call.ts';
import type { State } from './python/interpreter.ts';
import { pathsOf } from './python/paths.ts';
import { releaseOf } from './python/releases.ts';
import { havingTag, type Tagged } from './python/tags.ts';
import { str, type Str } from './python/text.ts';
import { answer, type Target } from './reference.ts';

/** What the name of a bytecode file says. */
export type Named = {
  /** Python's answer. */
  readonly python: Answered;
  /** The source file, if the name identifies it. */
  readonly source: Str | undefined;
  /** The program that writes such a name, if it is not Python itself. */
  readonly writer: string | undefined;
  /** Whether any program reads the file. */
  readonly isRead: boolean;
  /** The cache tag in the name, if it is known, and the interpreters that have it. */
  readonly tag: string | undefined;
  readonly interpreters: ReadonlyArray<Pick<Tagged, 'implementation' | 'series'>>;
  /** The possible levels: those that the segment names, `0` without one. */
  readonly levels: readonly string[];
  /** Further information: a sentence without its full stop. */
  readonly remark: string | undefined;
};

/** What a pattern finds in a file name. */
type Groups = { readonly [group in 'stem' | 'tag' | 'level' | 'release' | 'python' | 'what']?: string };

/** A kind of name. */
type Kind = {
  readonly pattern: RegExp;
  readonly writer?: (groups: Groups) => string;
  /** The levels, if the segment does not say. */
  readonly levels?: readonly string[];
  readonly remark?: (groups: Groups) => string;
  /** Omitted if some program reads the file. */
  readonly isRead?: false;
  /** What follows the stem in the source's name, if it is not `.py`. */
  readonly extension?: string;
};

/** A name with a tag, with a pattern for the rest of the name. */
const tagged = (tag: string, rest: string, stem = '.+', dot = String.raw`\.`): RegExp =>
  new RegExp(`^(?<stem>${stem})${dot}(?<tag>${tag})${rest}$`, 's');
const segment = String.raw`(?:\.opt-(?<level>[^.]+))?`;

/** Names in a cache folder or below a prefix. The first match counts. */
const inCache = (tag: string): readonly Kind[] => [
  {
    pattern: tagged('[^.]+', String.raw`-pytest-(?<release>.+)\.pyc`),
    writer: ({ release }) => `pytest ${release}`,
    levels: ['0'],
  },
  {
    pattern: tagged('[^.]+', String.raw`-pytest-(?<release>.+)\.pyo`),
    writer: ({ release }) => `pytest ${release}`,
    levels: ['1', '2'],
  },
  {
    pattern: /^(?<stem>[^.]+)\.(?<what>.+)-\d+\.py(?<python>\d+)\w*(?:\.nbi|\.\d+\.nbc)$/s,
    writer: () => 'numba',
    levels: [],
    remark: ({ what }) => `it is machine code of the function ${what}, not bytecode`,
  },
  {
    pattern: tagged('[^.]+', String.raw`\.opt-(?<level>typeguard\d+)\.pyc`),
    writer: () => 'typeguard',
  },
  {
    pattern: tagged('[^.]+', String.raw`\.opt-(?<level>jaxtyping[^.]+)\.pyc`),
    writer: () => 'jaxtyping',
  },
  {
    pattern: tagged('[^.]+', String.raw`\.opt-(?<level>beartype(?<release>\d+v[^.]+))\.pyc`),
    writer: ({ release }) => `beartype ${release!.replaceAll('v', '.')}`,
  },
  {
    pattern: tagged('[^.]+', String.raw`\.opt-(?<level>True|False)\.pyc`),
    writer: ({ level }) => `py_compile.compile(optimize=${level})`,
    remark: () => 'nothing reads it',
    isRead: false,
  },
  {
    pattern: tagged(tag, String.raw`\.fixed\.pyc`),
    writer: () => 'marshalparser',
    remark: () => 'nothing reads it',
    isRead: false,
  },
  {
    pattern: tagged(tag, String.raw`${segment}\.pyc\.\d+`),
    writer: () => 'an interpreter that was stopped while writing',
    remark: () => 'nothing reads it',
    isRead: false,
  },
  {
    pattern: tagged(tag, String.raw`${segment}\.py[co]`, '[^.]+', ''),
    remark: () => 'the name of the source has no dot',
    extension: '',
  },
  { pattern: tagged(tag, String.raw`${segment}\.pyc`) },
  {
    pattern: tagged('cpython-34', String.raw`\.pyo`),
    levels: ['1', '2'],
  },
  {
    pattern: tagged(tag, String.raw`${segment}\.pyo`),
    remark: () => 'no interpreter since 3.5 writes or reads a .pyo',
    isRead: false,
  },
];

/** Names beside the source. */
const besideSource = (tag: string): readonly Kind[] => {
  const untagged = String.raw`(?!.*(?:${tag})(?:\.opt-[^.]+)?\.py[co]$)(?<stem>.+)`;
  return [
    { pattern: /^(?<stem>.+)\$py\.class$/s, writer: () => 'Jython', levels: [] },
    {
      pattern: new RegExp(String.raw`^${untagged}\.pyc$`, 's'),
      writer: () => 'compileall -b, PyZipFile, pyc-wheel or pex --compile',
      levels: [],
      remark: () => 'it is read at every level if there is no source',
    },
    {
      pattern: new RegExp(String.raw`^${untagged}\.pyo$`, 's'),
      writer: () => 'compileall -b of a Python before 3.5, with -O',
      levels: ['1', '2'],
    },
  ];
};

/** The tags of these implementations, including those of releases that were not asked. */
const anyTag = String.raw`(?:cpython-|pypy|graalpy\d+-)\d+`;

/** The kinds for the last tag, which is usually used again. */
let last: { readonly tag: string; readonly kinds: Kinds } | undefined;
type Kinds = { readonly tag: string; readonly inCache: readonly Kind[]; readonly beside: readonly Kind[] };

function kindsFor({ cacheTag }: State): Kinds {
  const own = cacheTag?.units ?? '';
  if (last?.tag !== own) {
    const tag = own === '' ? anyTag : `${anyTag}|${own.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}`;
    last = { tag: own, kinds: { tag, inCache: inCache(tag), beside: besideSource(tag) } };
  }
  return last.kinds;
}

/**
 * What a file's name says. The file system is not read.
 *
 * @param state the state of the interpreter that is asked; its tag is recognized too
 */
export function named(path: Str, state: State, target: Target): Named {
  const python = back(path, state, target);
  const [head, name] = pathsOf(target.platform, releaseOf(target.version))._path_split(path);
  const kinds = kindsFor(state);
  const place = placeOf(head, state, target);
  const found = firstThatFits(place ? kinds.inCache : kinds.beside, name.units);
  if (found === undefined) {
    const { writer, remark } = place ?? nowhere(path);
    const source = python.kind === 'return' ? (python.value as Str) : undefined;
    return { python, source, writer, isRead: true, tag: undefined, interpreters: [], levels: [], remark };
  }
  const { kind, groups } = found;
  const directory = place?.directory ?? path.slice(0, path.units.length - name.units.length);
  return {
    python,
    source: directory.concat(str(`${groups.stem}${kind.extension ?? '.py'}`)),
    writer: kind.writer?.(groups) ?? place?.writer,
    isRead: kind.isRead ?? true,
    tag: groups.tag,
    interpreters: interpretersOf(groups),
    levels: kind.levels ?? [groups.level ?? '0'],
    remark: kind.remark?.(groups) ?? place?.remark ?? dotted(groups, python),
  };
}

/** Why Python has no answer for an otherwise plain name. */
const dotted = ({ stem }: Groups, python: Answered): string | undefined =>
  python.kind === 'raise' && stem!.includes('.') ? 'the name of the source has more than one dot' : undefined;

const nowhere = (path: Str): Pick<Named, 'writer' | 'remark'> =>
  /xonsh_script_cache[\\/]/.test(path.units)
    ? { writer: 'xonsh', remark: 'its name does not identify the source' }
    : { writer: undefined, remark: 'it is neither in a cache folder nor below a given prefix' };

function firstThatFits(kinds: readonly Kind[], name: string): { kind: Kind; groups: Groups } | undefined {
  for (const kind of kinds) {
    const groups = kind.pattern.exec(name)?.groups;
    if (groups) return { kind, groups };
  }
  return undefined;
}

function interpretersOf({ tag, python }: Groups): Named['interpreters'] {
  // numba uses this name only with CPython.
  if (python !== undefined) {
    return [{ implementation: 'cpython', series: `${python.slice(0, 1)}.${python.slice(1)}` }];
  }
  return havingTag(tag ?? '').map(({ implementation, series }) => ({ implementation, series }));
}

const back = (path: Str, state: State, target: Target): Answered => answer(callBack(state, path), target);

/** The source's directory, with the separator after it. */
type Place = { readonly directory: Str } & Partial<Pick<Named, 'writer' | 'remark'>>;

/** The place of the sources whose bytecode files are in a folder; undefined if Python knows none. */
function placeOf(folder: Str, state: State, target: Target): Place | undefined {
  const cut = pathsOf(target.platform, releaseOf(target.version));
  const [parent, last] = cut._path_split(folder);
  const beside = directoryOf(folder, { ...state, pycachePrefix: null }, target);
  const directory = directoryOf(folder, state, target);
  if (directory === undefined) {
    if (!/^[A-Za-z]:__pycache__$/.test(last.units) || target.platform === 'posix') return undefined;
    const root = parent.isEmpty ? parent : parent.concat(str(cut.path_sep));
    return {
      directory: root.concat(last.slice(0, 2)).concat(str('\\')),
      remark: 'the drive lost its root on the way to the bytecode file',
    };
  }
  if (beside === undefined) {
    const isWindows = target.platform === 'win32';
    return {
      directory,
      remark: isWindows ? 'below a prefix, its path does not show the drive or share' : undefined,
    };
  }
  if (!beside.equals(directory)) {
    return {
      directory: beside,
      remark: 'a cache folder below the prefix belongs to a source below the prefix',
    };
  }
  if (/(?:^|[\\/])__coconut_cache__[\\/]$/.test(directory.units)) {
    return { directory, writer: 'coconut', remark: 'its source was compiled from a .coco file' };
  }
  return { directory };
}

/** Asks Python about a plain name in the folder. */
function directoryOf(folder: Str, state: State, target: Target): Str | undefined {
  const path = folder.append(pathsOf(target.platform, releaseOf(target.version)).path_sep, plainName);
  const answered = back(path, { ...state, cacheTag: plainTag }, target);
  if (answered.kind === 'raise') return undefined;
  const source = answered.value as Str;
  return source.slice(0, source.units.length - plainSource.length);
}

const plainTag = str('T');
const plainName = str('x.T.pyc');
const plainSource = 'x.py';
