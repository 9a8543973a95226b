/*
 * The parts of an outcome, each of which can be wrong on its own. A returned path is split in the way the reference
 * composed its own, piece by piece, so that a difference lies in the directory or the tag, for example, and not in the
 * whole path.
 */
import { sameMessage, sameWarnings } from '../src/python/compare.ts';
import type { Answered, Outcome } from '../src/python/call.ts';
import type { Platform } from '../src/python/interpreter.ts';
import { Str } from '../src/python/text.ts';
import type { CallRecord } from '../src/record.ts';

export const pieces = ['directory', 'folder', 'stem', 'tag', 'segment', 'extension'] as const;
export type Piece = (typeof pieces)[number];
/** The pieces of a source file's path. */
export const sourcePieces = ['directory', 'stem', 'extension'] as const satisfies readonly Piece[];
/**
 * The parts that can be wrong on their own: the warnings; whether the call returns or raises; the exception's type and
 * message; whether the result is a str, and the pieces of a path; whether each call has the same result.
 */
export const parts = ['warnings', 'kind', 'type', 'message', 'class', ...pieces, 'steadiness'] as const;
export type Part = (typeof parts)[number];

/** The pieces of a path in UTF-16, in order. A separator belongs to the piece before it. */
export type Pieces = ReadonlyArray<readonly [piece: Piece, text: string]>;

/** Two outcomes, and the parts in which they differ. */
export type Difference = {
  readonly expected: Answered;
  readonly got: Outcome;
  readonly parts: ReadonlySet<Part>;
  /** If both are paths, the pieces of each; else empty. */
  readonly wanted: ReadonlyMap<Piece, string>;
  readonly found: ReadonlyMap<Piece, string>;
};

/** The pieces of the reference's result. */
export function piecesOf(expected: Answered, record: CallRecord, platform: Platform): Pieces {
  if (expected.kind !== 'return' || !(expected.value instanceof Str)) return [];
  const path = expected.value.units;
  if (record.base_filename !== undefined) return piecesOfSource(path, record.base_filename.units);
  const { filename, almost_filename, tag, sep, stem } = record;
  if (filename === undefined) return [];
  const separators = platform === 'posix' ? '/' : '\\/';
  const file = longestEnd(path, filename.units);
  const before = path.slice(0, path.length - file.length);
  const extension = filename.units.slice(almost_filename!.units.length);
  const name = stem!.units;
  const dotTag = `${sep ?? ''}${tag?.units ?? ''}`;
  const dropped = filename.units.length - file.length;
  const segment = almost_filename!.units.slice(name.length + dotTag.length);
  const ends: Pieces = [
    ['stem', name.slice(dropped)],
    ['tag', dotTag],
    ['segment', segment],
    ['extension', extension],
  ];
  if (record.below === undefined) {
    const folder = before.endsWith('__pycache__\\') || before.endsWith('__pycache__/') ? 12 : 0;
    return [
      ['directory', before.slice(0, before.length - folder)],
      ['folder', before.slice(before.length - folder)],
      ...ends,
    ];
  }
  const kept = record.below.rstrip(separators).units;
  const inside = kept === '' ? '' : kept + separators[0]!;
  const at = inside !== '' && before.endsWith(inside) ? before.length - inside.length : before.length;
  return [['folder', before.slice(0, at)], ['directory', before.slice(at)], ...ends];
}

/** The pieces of a source file's path, whose name is a stem and `.py`. */
function piecesOfSource(path: string, base: string): Pieces {
  const file = longestEnd(path, `${base}.py`);
  const extension = file.slice(Math.max(0, file.length - 3));
  return [
    ['directory', path.slice(0, path.length - file.length)],
    ['stem', file.slice(0, file.length - extension.length)],
    ['extension', extension],
  ];
}

/** The longest end of the name that the path ends with: on Windows a drive at the start of the name may be dropped. */
function longestEnd(path: string, name: string): string {
  let end = name;
  while (!path.endsWith(end)) end = end.slice(1);
  return end;
}

/**
 * The difference between an outcome and the reference's.
 * @returns undefined if they agree in everything that both report
 */
export function differenceOf(
  got: Outcome,
  expected: Answered,
  record: CallRecord,
  platform: Platform,
): Difference | undefined {
  const differing = new Set<Part>();
  const none = { wanted: new Map<Piece, string>(), found: new Map<Piece, string>() };
  if (got.kind !== 'return' && got.kind !== 'raise') return undefined;
  if (!sameWarnings(got.warnings, expected.warnings)) differing.add('warnings');
  if (got.kind !== expected.kind) differing.add('kind');
  else if (got.kind === 'raise' && expected.kind === 'raise') {
    if (got.type !== expected.type) differing.add('type');
    else if (!sameMessage(got.message, expected.message)) differing.add('message');
  } else if (got.kind === 'return' && expected.kind === 'return') {
    if (!(got.value instanceof Str)) differing.add('class');
    else if (!got.value.equals(expected.value as Str)) {
      const wanted = piecesOf(expected, record, platform);
      const found = aligned(wanted, got.value.units, platform === 'posix' ? '/' : '\\/');
      for (const [i, [piece, text]] of wanted.entries()) if (found[i] !== text) differing.add(piece);
      // Two surrogates against the one character that they form.
      if (differing.size === 0) differing.add('stem').add('directory');
      return {
        expected,
        got,
        parts: differing,
        wanted: new Map(wanted),
        found: new Map(wanted.map(([piece], i) => [piece, found[i]!])),
      };
    }
  }
  return differing.size === 0 ? undefined : { expected, got, parts: differing, ...none };
}

/**
 * The position of the folder in a path: a cache folder beside the source, or a prefix at the start. A source has
 * neither.
 */
type Layout = 'beside' | 'below' | 'source';

const layoutOf = (wanted: Pieces): Layout => {
  const at = wanted.findIndex(([piece]) => piece === 'folder');
  return at < 0 ? 'source' : at === 0 ? 'below' : 'beside';
};

/** Alignment tries every cut of a text up to this length. */
const longest = 240;

/** Cuts a text into the wanted pieces such that as few as possible differ, and those that differ look plausible. */
function aligned(wanted: Pieces, whole: string, separators: string): string[] {
  let [from, to] = whole.length > longest ? ends(wanted, whole) : [0, wanted.length];
  let length = whole.length - lengthOf(wanted.slice(0, from)) - lengthOf(wanted.slice(to));
  // A piece that matches may owe it to its neighbour, so as many as possible are cut anew.
  while (from > 0 && length + wanted[from - 1]![1].length <= longest) length += wanted[--from]![1].length;
  while (to < wanted.length && length + wanted[to]![1].length <= longest) length += wanted[to++]![1].length;
  const before = wanted.slice(0, from).map(([, text]) => text);
  const after = wanted.slice(to).map(([, text]) => text);
  const start = before.join('').length;
  const text = whole.slice(start, start + length);
  const middle = wanted.slice(from, to);
  return [
    ...before,
    ...(length > longest ? bunched(middle, text) : cheapest(middle, text, separators)),
    ...after,
  ];
}

const lengthOf = (some: Pieces): number => some.reduce((sum, [, own]) => sum + own.length, 0);

/** The pieces that match from the start and from the end. An empty piece may correspond to any text. */
function ends(wanted: Pieces, whole: string): [from: number, to: number] {
  const texts = wanted.map(([, text]) => text);
  let [from, start] = [0, 0];
  for (;;) {
    const next = texts.findIndex((text, i) => i >= from && text !== '');
    if (next < 0 || next === texts.length - 1 || !whole.startsWith(texts[next]!, start)) break;
    start += texts[next]!.length;
    from = next + 1;
  }
  let [to, end] = [texts.length, whole.length];
  for (;;) {
    const last = texts.findLastIndex((text, i) => i < to && text !== '');
    const text = texts[last] ?? '';
    if (last <= from || end - text.length < start || !whole.endsWith(text, end)) break;
    end -= text.length;
    to = last;
  }
  return [from, to];
}

/** Puts all the text into the first piece. */
const bunched = (wanted: Pieces, text: string): string[] => wanted.map((_, i) => (i === 0 ? text : ''));

function cheapest(wanted: Pieces, text: string, separators: string): string[] {
  const size = text.length + 1;
  const layout = layoutOf(wanted);
  // A partial split that costs more cannot be part of the cheapest one.
  const limit = costOfBunched(wanted, text, separators) + rounding;
  let costs = new Float64Array(size).fill(Infinity);
  costs[0] = 0;
  const cuts: Int32Array[] = [];
  for (const [piece, own] of wanted) {
    const next = new Float64Array(size).fill(Infinity);
    const from = new Int32Array(size);
    for (let start = 0; start < size; start++) {
      const cost = costs[start]!;
      if (cost > limit) continue;
      const ownEnd = text.startsWith(own, start) ? start + own.length : -1;
      if (ownEnd >= 0 && cost < next[ownEnd]!) {
        next[ownEnd] = cost;
        from[ownEnd] = start;
      }
      // Different text costs at least 1.
      if (cost + 1 > limit) continue;
      for (let end = start; end < size; end++) {
        if (cost + 1 >= next[end]! || end === ownEnd) continue;
        const total = cost + costOf(piece, own, text.slice(start, end), separators, layout);
        if (total < next[end]!) {
          next[end] = total;
          from[end] = start;
        }
      }
    }
    costs = next;
    cuts.push(from);
  }
  const found: string[] = [];
  let end = text.length;
  for (const from of cuts.toReversed()) {
    found.unshift(text.slice(from[end], end));
    end = from[end]!;
  }
  return found;
}

/** The cost of a split that is easy to find: the pieces at both ends match, and one between them gets the rest. */
function costOfBunched(wanted: Pieces, text: string, separators: string): number {
  const [from, to] = ends(wanted, text);
  const rest = text.slice(lengthOf(wanted.slice(0, from)), text.length - lengthOf(wanted.slice(to)));
  const layout = layoutOf(wanted);
  const middle = wanted.slice(from, to);
  const costs = middle.map((_, at) => {
    let sum = 0;
    for (const [i, [piece, own]] of middle.entries()) {
      const other = i === at ? rest : '';
      if (other !== own) sum += costOf(piece, own, other, separators, layout);
    }
    return sum;
  });
  return Math.min(...costs);
}

/** More than the rounding error between sums of the same costs in different orders. */
const rounding = 1e-9;

/** The cost of assigning different text to a piece. It is highest if the text does not look like such a piece. */
function costOf(piece: Piece, own: string, text: string, separators: string, layout: Layout): number {
  // Without a prefix, a name with separators usually means that the directory was not cut off.
  const strange = looksLike(piece, own, text, separators, layout)
    ? 0
    : piece === 'stem' && layout === 'beside'
      ? 0.1
      : 0.5;
  // The prefix is the piece most certain to be right.
  const known = piece === 'folder' && !own.startsWith('__pycache__') ? 0.15 : 0;
  return 1 + strange + known + 0.3 * (1 - likeness(own, text));
}

function looksLike(piece: Piece, own: string, text: string, separators: string, layout: Layout): boolean {
  const hasSeparator = (): boolean => [...separators].some((one) => text.includes(one));
  switch (piece) {
    case 'directory':
      if (layout === 'beside' && text.includes('__pycache__') && !own.includes('__pycache__')) return false;
      // A relative directory does not become absolute.
      if (own !== '' && separators.includes(text[0] ?? '.') && !separators.includes(own[0]!)) return false;
      return text === '' || separators.includes(text.at(-1)!) || text.endsWith(':');
    case 'folder':
      // A prefix may be any directory; the cache folder is a single name.
      return text === '' || (own.startsWith('__pycache__') ? /^[^\\/]+[\\/]$/ : /[\\/]$/).test(text);
    case 'stem':
      return !hasSeparator();
    case 'tag':
      return text === '' || (own.startsWith('.') ? /^\.[^.]*$/ : /^\.?[^.]*$/).test(text);
    case 'segment':
      return text === '' || /^\.(?!\.)/.test(text);
    case 'extension':
      return /^\.\w*$/.test(text);
  }
}

/** The share of the longer text, from 0 to 1, that both have in common at their ends. */
function likeness(a: string, b: string): number {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  let start = 0;
  while (start < shorter.length && shorter[start] === longer[start]) start++;
  let end = 0;
  while (end < shorter.length - start && shorter.at(-1 - end) === longer.at(-1 - end)) end++;
  return (start + end) / longer.length;
}
