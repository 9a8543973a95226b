import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCall } from '../src/conformance/codec.ts';
import type { Answered, Call } from '../src/python/call.ts';
import { plainState, type State } from '../src/python/interpreter.ts';
import { releaseOf } from '../src/python/releases.ts';
import { str, type Str } from '../src/python/text.ts';
import { everyTarget, type Target } from '../src/reference.ts';
import { properties, Seen } from './index.ts';
import { differenceOf, parts, pieces, sourcePieces, piecesOf, type Difference, type Piece } from './parts.ts';

const nameOf = ({ version, platform }: Target): string => `${version.join('.')} on ${platform}`;

/** Calls of all chapters. */
const callsOf = ({ version, platform }: Target): fc.Arbitrary<Call> => {
  const scope = { release: releaseOf(version), platform, fixed: {} };
  return fc.oneof(...properties.map(({ calls }) => calls(scope)));
};

const shown = (wanted: ReturnType<typeof piecesOf>): Array<readonly [Piece, string]> =>
  wanted.map(([piece, text]) => [piece, text]);

describe.each(everyTarget().map((target) => [nameOf(target), target] as const))('as %s', (_, target) => {
  test('the pieces of a path are the path, each once; and what is no path has none', () => {
    fc.assert(
      fc.property(callsOf(target), (call) => {
        const { expected, record } = new Seen(call, target);
        const own = piecesOf(expected, record, target.platform);
        const path = expected.kind === 'return' ? (expected.value as Str).units : '';
        expect(own.map(([, text]) => text).join('')).toBe(path);
        const all = call.function === undefined ? pieces : sourcePieces;
        const wanted = expected.kind === 'return' ? all : [];
        expect(own.map(([piece]) => piece).toSorted()).toEqual([...wanted].toSorted());
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  test('of what the reference gives nothing differs; of another text the pieces are a text again', () => {
    fc.assert(
      fc.property(callsOf(target), fc.string(), fc.nat(), (call, text, at) => {
        const { expected, record } = new Seen(call, target);
        expect(differenceOf(expected, expected, record, target.platform)).toBe(undefined);
        if (expected.kind !== 'return') return;
        const { units } = expected.value as Str;
        const cut = at % (units.length + 1);
        const other = str(units.slice(0, cut) + text + units.slice(cut));
        const difference = differenceOf({ ...expected, value: other }, expected, record, target.platform);
        expect(difference === undefined).toBe(other.equals(expected.value as Str));
        if (difference === undefined) return;
        const { parts: differing, wanted, found } = difference;
        expect([...wanted.values()].join('')).toBe(units);
        expect([...found.values()].join('')).toBe(other.units);
        expect([...found.keys()]).toEqual([...wanted.keys()]);
        // A piece differs if its text does. The exception: a character in place of two surrogates changes no text.
        const unlike = [...wanted.keys()].filter((piece) => found.get(piece) !== wanted.get(piece));
        expect([...differing].toSorted()).toEqual(
          (units === other.units ? ['directory', 'stem'] : unlike).toSorted(),
        );
        expect(differing.size).toBeGreaterThan(0);
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});

const posix: Target = { version: [3, 12, 1], platform: 'posix' };
const windows: Target = { version: [3, 12, 1], platform: 'win32' };

type Asked = {
  readonly path?: string;
  readonly optimization?: string;
  readonly as?: Target;
} & Partial<State>;
function seen({ path = 'd/a.py', optimization, as = posix, ...state }: Asked): Seen {
  return new Seen(
    {
      state: { ...plainState(as.version, as.platform), ...state },
      args: [str(path)],
      kwargs: optimization === undefined ? [] : [['optimization', str(optimization)]],
    },
    as,
  );
}
function compared(asked: Asked, got: string | null): Difference | undefined {
  const { expected, record, target } = seen(asked);
  const outcome: Answered = {
    ...(expected as Extract<Answered, { kind: 'return' }>),
    value: got === null ? null : str(got),
  };
  return differenceOf(outcome, expected, record, target.platform);
}

describe('the pieces of the path', () => {
  test.each<readonly [asked: Asked, own: ReadonlyArray<readonly [Piece, string]>]>([
    [
      { path: '/d/e/a.b.py', optimization: '2' },
      [
        ['directory', '/d/e/'],
        ['folder', '__pycache__/'],
        ['stem', 'a.b'],
        ['tag', '.cpython-312'],
        ['segment', '.opt-2'],
        ['extension', '.pyc'],
      ],
    ],
    [
      { path: 'a' },
      [
        ['directory', ''],
        ['folder', '__pycache__/'],
        ['stem', 'a'],
        ['tag', 'cpython-312'],
        ['segment', ''],
        ['extension', '.pyc'],
      ],
    ],
    [
      { path: 'd/a.py', pycachePrefix: str('/p') },
      [
        ['folder', '/p/'],
        ['directory', 'w/d/'],
        ['stem', 'a'],
        ['tag', '.cpython-312'],
        ['segment', ''],
        ['extension', '.pyc'],
      ],
    ],
    [
      { path: String.raw`C:\d\a.py`, as: windows },
      [
        ['directory', 'C:\\d\\'],
        ['folder', '__pycache__\\'],
        ['stem', 'a'],
        ['tag', '.cpython-312'],
        ['segment', ''],
        ['extension', '.pyc'],
      ],
    ],
    [
      { path: String.raw`D:\d\a.py`, as: windows, pycachePrefix: str(String.raw`C:\p`) },
      [
        ['folder', 'C:\\p\\'],
        ['directory', 'd\\'],
        ['stem', 'a'],
        ['tag', '.cpython-312'],
        ['segment', ''],
        ['extension', '.pyc'],
      ],
    ],
    // The drive drops what precedes it.
    [
      { path: 'C:a.py', as: windows },
      [
        ['directory', ''],
        ['folder', ''],
        ['stem', 'C:a'],
        ['tag', '.cpython-312'],
        ['segment', ''],
        ['extension', '.pyc'],
      ],
    ],
  ])('%j', (asked, own) => {
    const { expected, record, target } = seen(asked);
    expect(shown(piecesOf(expected, record, target.platform))).toEqual(own);
  });
});

describe('a wrong path differs in the piece that is wrong:', () => {
  const plain = 'd/__pycache__/a.cpython-312.pyc';
  test.each<readonly [what: string, asked: Asked, got: string, differing: readonly Piece[]]>([
    ['the root kept', { path: '/a.py' }, '/__pycache__/a.cpython-312.pyc', ['directory']],
    ['the root dropped', { path: '/d/a.py' }, plain, ['directory']],
    ['no directory', {}, '__pycache__/a.cpython-312.pyc', ['directory']],
    ['another directory', {}, 'e/__pycache__/a.cpython-312.pyc', ['directory']],
    ['the directory made absolute', {}, '/w/d/__pycache__/a.cpython-312.pyc', ['directory']],
    ['the directory made real', {}, '/real/__pycache__/a.cpython-312.pyc', ['directory']],
    ['the directory in capitals', {}, 'D/__pycache__/a.cpython-312.pyc', ['directory']],
    ['./ put before it', { path: 'a.py' }, './__pycache__/a.cpython-312.pyc', ['directory']],
    ['a/../ made tidy', { path: 'd/../e/a.py' }, 'e/__pycache__/a.cpython-312.pyc', ['directory']],
    ['double separators kept', { path: 'd//a.py' }, 'd//__pycache__/a.cpython-312.pyc', ['directory']],
    ['no folder', {}, 'd/a.cpython-312.pyc', ['folder']],
    ['another folder', {}, 'd/__cache__/a.cpython-312.pyc', ['folder']],
    ['the folder in capitals', {}, 'd/__PYCACHE__/a.cpython-312.pyc', ['folder']],
    ['the folder by a backslash', {}, String.raw`d/__pycache__\a.cpython-312.pyc`, ['folder']],
    ['another name', {}, 'd/__pycache__/b.cpython-312.pyc', ['stem']],
    ['the extension kept', {}, 'd/__pycache__/a.py.cpython-312.pyc', ['stem']],
    ['cut at the first dot', { path: 'd/a.b.py' }, plain, ['stem']],
    ['the name in capitals', {}, 'd/__pycache__/A.cpython-312.pyc', ['stem']],
    ['spaces stripped', { path: 'd/ a .py' }, plain, ['stem']],
    ['no tag', {}, 'd/__pycache__/a.pyc', ['tag']],
    ['another tag', {}, 'd/__pycache__/a.cpython-313.pyc', ['tag']],
    ['the tag of another implementation', {}, 'd/__pycache__/a.pypy39.pyc', ['tag']],
    ['the tag without its hyphen', {}, 'd/__pycache__/a.cpython312.pyc', ['tag']],
    ['the dot missing', {}, 'd/__pycache__/acpython-312.pyc', ['tag']],
    ['the dot put where there is none', { path: 'd/a' }, plain, ['tag']],
    ['the dot of a hidden file kept', { path: 'd/.a' }, 'd/__pycache__/.a.cpython-312.pyc', ['stem']],
    ['a segment where none is due', {}, 'd/__pycache__/a.cpython-312.opt-0.pyc', ['segment']],
    ['no segment', { optimization: '1' }, plain, ['segment']],
    ['another level', { optimization: '1' }, 'd/__pycache__/a.cpython-312.opt-2.pyc', ['segment']],
    ['another form of the segment', { optimization: '1' }, 'd/__pycache__/a.cpython-312.O1.pyc', ['segment']],
    [
      'the segment without its dot',
      { optimization: '1' },
      'd/__pycache__/a.cpython-312opt-1.pyc',
      ['segment'],
    ],
    [
      'the text in small letters',
      { optimization: 'X' },
      'd/__pycache__/a.cpython-312.opt-x.pyc',
      ['segment'],
    ],
    ['.pyo', {}, 'd/__pycache__/a.cpython-312.pyo', ['extension']],
    [
      '.pyo for the segment',
      { optimization: '1' },
      'd/__pycache__/a.cpython-312.pyo',
      ['segment', 'extension'],
    ],
    ['no extension', {}, 'd/__pycache__/a.cpython-312', ['extension']],
    ['.py', {}, 'd/__pycache__/a.cpython-312.py', ['extension']],
    ['something behind it', {}, `${plain}x`, ['extension']],
    ['the path itself, tagged', {}, 'd/a.py.cpython-312.pyc', ['folder', 'stem']],
    ['the legacy place', {}, 'd/a.pyc', ['folder', 'tag']],

    ['the prefix ignored', { pycachePrefix: str('/p') }, plain, ['folder', 'directory']],
    ['the prefix alone', { pycachePrefix: str('/p') }, '/p/a.cpython-312.pyc', ['directory']],
    [
      'a folder below the prefix',
      { path: '/a.py', pycachePrefix: str('/p') },
      '/p/__pycache__/a.cpython-312.pyc',
      ['directory'],
    ],
    ['no working directory', { pycachePrefix: str('/p') }, '/p/d/a.cpython-312.pyc', ['directory']],
    ['another prefix', { pycachePrefix: str('/p') }, '/q/w/d/a.cpython-312.pyc', ['folder']],
    ['its separator doubled', { pycachePrefix: str('/p/') }, '/p//w/d/a.cpython-312.pyc', ['folder']],

    [
      'slashes on Windows',
      { path: String.raw`d\a.py`, as: windows },
      'd/__pycache__/a.cpython-312.pyc',
      ['directory', 'folder'],
    ],
    [
      'the drive dropped',
      { path: String.raw`C:\d\a.py`, as: windows },
      String.raw`\d\__pycache__\a.cpython-312.pyc`,
      ['directory'],
    ],
    [
      'the drive in small letters',
      { path: String.raw`C:\d\a.py`, as: windows },
      String.raw`c:\d\__pycache__\a.cpython-312.pyc`,
      ['directory'],
    ],
  ])('%s', (_, asked, got, differing) => {
    const difference = compared(asked, got);
    expect([...(difference?.parts ?? [])].toSorted(byPlace)).toEqual(differing.toSorted(byPlace));
    expect([...difference!.found.values()].join('')).toBe(got);
  });

  const byPlace = (a: string, b: string): number =>
    parts.findIndex((part) => part === a) - parts.findIndex((part) => part === b);

  test('a longer path does, too', () => {
    const cacheTag = str('a'.repeat(230));
    const asked: Asked = { path: 'b.py', cacheTag, pycachePrefix: str('/p') };
    const { parts: differing } = compared(asked, `/p/w/./b.${cacheTag.units}.pyc`)!;
    expect([...differing]).toEqual(['directory']);
  });

  test('a text of any length, in no time', () => {
    for (const length of [200, 1000, 50_000]) {
      const path = `${'a'.repeat(length)}/b.py`;
      const got = (stem: string): string => `${'a'.repeat(length)}/__pycache__/${stem}.cpython-312.pyc`;
      expect([...compared({ path }, got('c'))!.parts]).toEqual(['stem']);
      expect([...compared({ path }, got('b').replace('.cpython-312', ''))!.parts]).toEqual(['tag']);
      expect(compared({ path }, 'x'.repeat(length))!.parts.size).toBeGreaterThan(0);
    }
  });
});

describe('what is no path differs', () => {
  const { expected, record } = seen({});
  const raising = seen({ cacheTag: null });
  const differing = (
    got: Parameters<typeof differenceOf>[0],
    of = { expected, record },
  ): string | undefined => {
    const difference = differenceOf(got, of.expected, of.record, 'posix');
    if (difference) expect([difference.wanted.size, difference.found.size]).toEqual([0, 0]);
    return difference && [...difference.parts].join();
  };

  test('in its class, in kind, in type, in message, in its warnings, and in no piece', () => {
    expect(differing({ kind: 'return', value: null, warnings: [] })).toBe('class');
    expect(differing({ kind: 'raise', type: 'ValueError', warnings: [] })).toBe('kind');
    expect(differing({ ...expected, warnings: [{ category: 'UserWarning' }] })).toBe('warnings');
    expect(differing({ kind: 'return', value: 1n, warnings: [{ category: 'X' }] })).toBe('warnings,class');
    const { kind, message } = raising.expected as Extract<Answered, { kind: 'raise' }>;
    expect(differing({ kind, type: 'OSError', message: message!, warnings: [] }, raising)).toBe('type');
    const type = 'NotImplementedError';
    expect(differing({ kind, type, message: str('no'), warnings: [] }, raising)).toBe('message');
    expect(differing({ kind: 'return', value: str('a'), warnings: [] }, raising)).toBe('kind');
  });

  test('in nothing, as far as it does not tell', () => {
    const { warnings: _, ...silent } = expected;
    expect(differing(silent)).toBe(undefined);
    expect(differing({ kind: 'raise', type: 'NotImplementedError' }, raising)).toBe(undefined);
    expect(differing({ kind: 'skipped', reason: 'x' })).toBe(undefined);
  });
});

test('calls are drawn of all kinds', () => {
  const calls = fc.sample(callsOf(posix), { seed: 1, numRuns: 150 });
  const kinds = calls.map((call) => new Seen(call, posix).expected.kind);
  expect(new Set(kinds)).toEqual(new Set(['return', 'raise']));
  expect(new Set(calls.map((call) => JSON.stringify(encodeCall(call)))).size).toBeGreaterThan(100);
});
