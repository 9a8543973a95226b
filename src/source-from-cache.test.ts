/* Tests source_from_cache: its results, which paths survive both directions, and that the interpreters agree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askInterpreter } from '../fixtures/ask.ts';
import type { Interpreter } from '../fixtures/interpreters.ts';
import { testEach, testEachOnStandIn } from '../fixtures/present.ts';
import { callsBack } from '../properties/inputs/bytecode.ts';
import { sourceFromCache, PythonError } from './index.ts';
import { callBack, type Answered, type Call, type Outcome } from './python/call.ts';
import { plainState, type Platform, type State } from './python/interpreter.ts';
import { compareVersions, parseVersion, releaseOf, type Version } from './python/releases.ts';
import { callSource, outcomeSource, stateSource } from './python/source.ts';
import { Str, str } from './python/text.ts';
import { py, type Value } from './python/values.ts';
import { answer, everyTarget, type Target } from './reference.ts';

const raw = String.raw;

type Own = { readonly prefix?: string; readonly cwd?: string; readonly tag?: string | null };

function stateOf({ version, platform }: Target, { prefix, cwd, tag = 'T' }: Own): State {
  const plain = plainState(version, platform);
  return {
    ...plain,
    cacheTag: tag === null ? null : str(tag),
    pycachePrefix: prefix === undefined ? null : str(prefix),
    cwd: cwd === undefined ? plain.cwd : str(cwd),
  };
}

/** The path, or the exception. */
const shown = (outcome: Answered): string =>
  outcome.kind === 'return' ? (outcome.value as Str).units : `${outcome.type}: ${outcome.message?.units}`;

const toSource = (target: Target, path: Value, own: Own = {}): string =>
  shown(answer(callBack(stateOf(target, own), path), target));

const since = (version: Version, text: string): boolean => compareVersions(version, parseVersion(text)!) >= 0;

const inEach =
  (platform: Platform, ...versions: readonly string[]) =>
  (path: string, expected: string, own: Own = {}): void => {
    for (const text of versions) {
      const target = { version: parseVersion(text)!, platform };
      expect([text, toSource(target, str(path), own)]).toEqual([text, expected]);
    }
  };

const noFolder = (path: string): string => `ValueError: __pycache__ not bottom-level directory in '${path}'`;
const dots = (name: string): string => `ValueError: expected only 2 or 3 dots in '${name}'`;
const noOpt = "ValueError: optimization portion of filename does not start with 'opt-'";
const notAlphanumeric = (segment: string): string =>
  `ValueError: optimization level '${segment}' is not an alphanumeric value`;

describe('the source file', () => {
  test.each([
    ['a/__pycache__/b.cpython-313.pyc', 'a/b.py'],
    ['/a/__pycache__/b.cpython-313.pyc', '/a/b.py'],
    ['__pycache__/b.cpython-313.pyc', 'b.py'],
    ['/__pycache__/b.cpython-313.pyc', 'b.py'],
    ['//__pycache__/b.cpython-313.pyc', '/b.py'],
    ['//a//__pycache__/b.cpython-313.pyc', '//a/b.py'],
    ['a/__pycache__/b.cpython-313.opt-2.pyc', 'a/b.py'],
    // The tag and the extension are not checked, and the level may be any alphanumeric text.
    ['a/__pycache__/b.pypy311.opt-True.pyo', 'a/b.py'],
    ['a/__pycache__/b.T.opt-é².', 'a/b.py'],
    ['a/__pycache__/..', 'a/.py'],
    ['a/__pycache__/b..opt-1.pyc', 'a/b.py'],
    ['a/__pycache__/é\0.T.pyc', 'a/é\0.py'],
  ])('on POSIX: %j', inEach('posix', '3.5.0', '3.8.9', '3.8.10', '3.15.0'));

  test.each([
    [raw`a\__pycache__\b.T.pyc`, raw`a\b.py`],
    ['a/b/__pycache__/c.T.pyc', raw`a/b\c.py`],
    [raw`C:\a\__pycache__\b.T.pyc`, raw`C:\a\b.py`],
    [raw`C:__pycache__\b.T.pyc`, noFolder(raw`C:__pycache__\\b.T.pyc`)],
    [raw`\__pycache__\b.T.pyc`, 'b.py'],
  ])('on Windows: %j', inEach('win32', '3.5.0', '3.8.9', '3.8.10', '3.9.4', '3.9.5', '3.15.0'));

  test.each([
    [raw`C:\__pycache__\b.T.pyc`, raw`C:\b.py`],
    [raw`a\__pycache__\C:b.T.pyc`, raw`a\C:b.py`],
  ])('on Windows, before paths have roots: %j', inEach('win32', '3.5.0', '3.8.9', '3.9.4'));

  test.each([
    [raw`C:\__pycache__\b.T.pyc`, 'C:b.py'],
    [raw`a\__pycache__\C:b.T.pyc`, 'C:b.py'],
    ['/a/__pycache__/b.T.pyc', raw`\a\b.py`],
    ['a\0/__pycache__/b.T.pyc', 'ValueError: _path_splitroot: embedded null character in path'],
  ])('on Windows, since they have: %j', inEach('win32', '3.8.10', '3.9.5', '3.15.0'));

  test.each<readonly [string, string, Own]>([
    ['/p/a/b.T.pyc', '/a/b.py', { prefix: '/p' }],
    ['/p/a/b.T.opt-1.pyc', '/a/b.py', { prefix: '/p//' }],
    ['p/a/b.T.pyc', '/a/b.py', { prefix: 'p' }],
    ['/a/b.T.pyc', '/a/b.py', { prefix: '/' }],
    ['/p//b.T.pyc', '/b.py', { prefix: '/p' }],
    // Below a prefix, the cache folder is a folder like any other.
    ['/p/a/__pycache__/b.T.pyc', '/a/__pycache__/b.py', { prefix: '/p' }],
    ['/q/__pycache__/b.T.pyc', '/q/b.py', { prefix: '/p' }],
    ['/px/a/b.T.pyc', noFolder('/px/a/b.T.pyc'), { prefix: '/p' }],
    // A file directly in the prefix is not below it.
    ['/p/b.T.pyc', noFolder('/p/b.T.pyc'), { prefix: '/p' }],
    ['/p/__pycache__/b.T.pyc', '/__pycache__/b.py', { prefix: '/p' }],
    ['a/b.T.pyc', noFolder('a/b.T.pyc'), { prefix: '' }],
    ['/P/a/b.T.pyc', noFolder('/P/a/b.T.pyc'), { prefix: '/p' }],
  ])('below a prefix: %j is of %j', inEach('posix', '3.8.0', '3.8.10', '3.15.0'));

  test('below a prefix, before it is read', () => {
    inEach('posix', '3.4.0', '3.7.0')('/p/a/b.T.pyc', noFolder('/p/a/b.T.pyc'), { prefix: '/p' });
  });

  test.each<readonly [string, string, Own]>([
    [raw`C:\p\a\b.T.pyc`, raw`\a\b.py`, { prefix: raw`C:\p` }],
    [raw`C:\p\a\b.T.pyc`, raw`\a\b.py`, { prefix: 'C:\\p\\/' }],
    // The separator must be a backslash, and the rest must match exactly.
    [raw`C:\p/a\b.T.pyc`, noFolder(raw`C:\\p/a\\b.T.pyc`), { prefix: raw`C:\p` }],
    [raw`c:\p\a\b.T.pyc`, noFolder(raw`c:\\p\\a\\b.T.pyc`), { prefix: raw`C:\p` }],
  ])('below a prefix on Windows: %j is of %j', inEach('win32', '3.8.0', '3.8.10', '3.15.0'));

  test('below a prefix that ends within a character, where none does', () => {
    const [high, pair] = [[0xd801], [0xd801, 0xdc00]];
    const target: Target = { version: [3, 13, 0], platform: 'posix' };
    const state = { ...stateOf(target, {}), pycachePrefix: Str.fromCodePoints(pair) };
    const file = (start: number[]): Str => Str.fromCodePoints([...start, ...Buffer.from('/a/b.T.pyc')]);
    const back = (path: Str): string => shown(answer(callBack(state, path), target));
    expect(back(file(pair))).toBe('/a/b.py');
    expect(back(file([0x10400]))).toMatch(/^ValueError: __pycache__ not bottom-level/);
    expect(back(file(high))).toMatch(/^ValueError: __pycache__ not bottom-level/);
  });
});

describe('a name that is not of the form', () => {
  const each = inEach('posix', '3.5.0', '3.8.10', '3.15.0');
  test.each([
    ['', noFolder('')],
    ['b.T.pyc', noFolder('b.T.pyc')],
    ['a/b.T.pyc', noFolder('a/b.T.pyc')],
    ['a/__pycache__', noFolder('a/__pycache__')],
    ['a/__pycache__/', dots('')],
    ['a/__pycache__//b.T.pyc', noFolder('a/__pycache__//b.T.pyc')],
    ['a/__PYCACHE__/b.T.pyc', noFolder('a/__PYCACHE__/b.T.pyc')],
    ["it's/b.T.pyc", `ValueError: __pycache__ not bottom-level directory in "it's/b.T.pyc"`],
    ['a/__pycache__/b.pyc', dots('b.pyc')],
    ['a/__pycache__/b.c.T.opt-1.pyc', dots('b.c.T.opt-1.pyc')],
    ['a/__pycache__/b.T.OPT-1.pyc', noOpt],
    ['a/__pycache__/b.c.T.pyc', noOpt],
    ['a/__pycache__/b.T.opt.pyc', noOpt],
    ['a/__pycache__/b.T.opt-.pyc', notAlphanumeric('opt-')],
    ['a/__pycache__/b.T.opt-_.pyc', notAlphanumeric('opt-_')],
    ['a/__pycache__/b.T.opt--1.pyc', notAlphanumeric('opt--1')],
    ['a/__pycache__/b.T.opt-\x7f.pyc', notAlphanumeric(raw`opt-\x7f`)],
  ])('raises: %j', each);

  test('has two dots alone before 3.5', () => {
    const old = inEach('posix', '3.4.0', '3.4.3');
    old('a/__pycache__/b.T.pyo', 'a/b.py');
    const name = 'b.T.opt-1.pyc';
    old(`a/__pycache__/${name}`, `ValueError: expected only 2 dots in '${name}'`);
  });

  test('has a level of letters and digits as the release knows them', () => {
    const path = 'a/__pycache__/b.T.opt-\u{2ebf0}.pyc';
    inEach('posix', '3.13.0')(path, 'a/b.py');
    inEach('posix', '3.12.0')(path, notAlphanumeric(raw`opt-\U0002ebf0`));
  });
});

describe('the call', () => {
  const target: Target = { version: [3, 13, 0], platform: 'posix' };
  const before: Target = { version: [3, 5, 0], platform: 'posix' };
  const file = str('a/__pycache__/b.T.pyc');
  const call = (of: Target, args: readonly Value[], kwargs: Call['kwargs'] = []): string =>
    shown(answer({ function: 'source_from_cache', args, kwargs, state: stateOf(of, {}) }, of));

  test('wants a tag before it looks at the path', () => {
    const missing = 'NotImplementedError: sys.implementation.cache_tag is None';
    for (const of of [target, before]) {
      expect(toSource(of, file, { tag: null })).toBe(missing);
      expect(toSource(of, null, { tag: null })).toBe(missing);
      expect(toSource(of, file, { tag: '' })).toBe('a/b.py');
    }
  });

  test.each<readonly [Value, string, string]>([
    [py.pathLike(file), 'a/b.py', "AttributeError: 'PathLike' object has no attribute 'rpartition'"],
    [py.object({ is: file }), 'a/b.py', 'a/b.py'],
    [
      null,
      'TypeError: expected str, bytes or os.PathLike object, not NoneType',
      "AttributeError: 'NoneType' object has no attribute 'rpartition'",
    ],
    [
      py.bytes('a/__pycache__/b.T.pyc'),
      "TypeError: argument should be integer or bytes-like object, not 'str'",
      "TypeError: a bytes-like object is required, not 'str'",
    ],
    [
      py.pathLike(py.raises('OSError', 'no')),
      'OSError: no',
      "AttributeError: 'PathLike' object has no attribute 'rpartition'",
    ],
  ])('takes %j', (path, since36, until35) => {
    expect([toSource(target, path), toSource(before, path)]).toEqual([since36, until35]);
  });

  test('takes a sequence without a separator on Windows, before paths have roots, to find no folder', () => {
    const [old, newer]: Target[] = [
      { version: [3, 7, 0], platform: 'win32' },
      { version: [3, 9, 5], platform: 'win32' },
    ];
    expect(toSource(old!, py.bytes(''))).toBe("ValueError: __pycache__ not bottom-level directory in b''");
    expect(toSource(newer!, py.bytes(''))).toMatch(/^TypeError: argument should be integer or bytes-like/);
    const oldest: Target = { version: [3, 5, 0], platform: 'win32' };
    expect(toSource(oldest, py.list(str('a')))).toBe(
      "ValueError: __pycache__ not bottom-level directory in ['a']",
    );
  });

  test('has one parameter, path', () => {
    expect(call(target, [], [['path', file]])).toBe('a/b.py');
    expect(call(target, [])).toBe(
      "TypeError: source_from_cache() missing 1 required positional argument: 'path'",
    );
    expect(call(target, [file, file])).toBe(
      'TypeError: source_from_cache() takes 1 positional argument but 2 were given',
    );
    expect(call(target, [file], [['optimization', null]])).toBe(
      "TypeError: source_from_cache() got an unexpected keyword argument 'optimization'",
    );
  });

  test('from TypeScript', () => {
    expect(sourceFromCache('a/__pycache__/b.cpython-312.opt-2.pyc')).toBe('a/b.py');
    expect(sourceFromCache('/p/a/b.T.pyc', { interpreter: { version: '3.8', pycachePrefix: '/p' } })).toBe(
      '/a/b.py',
    );
    expect(
      sourceFromCache(raw`a\__pycache__\b.T.pyc`, { interpreter: { platform: 'win32', cacheTag: 'T' } }),
    ).toBe(raw`a\b.py`);
    expect(() => sourceFromCache('b.pyc')).toThrow(PythonError);
    expect(() => sourceFromCache(1.5)).toThrow(RangeError);
    expect(() => sourceFromCache('b.pyc')).toThrow(noFolder('b.pyc'));
    expect(() => sourceFromCache('b.pyc', { interpreter: { version: 'x' } })).toThrow(RangeError);
  });
});

describe('there and back', () => {
  /** The result of source_from_cache for the result of cache_from_source. */
  function thereAndBack(target: Target, path: string, level: string | null, own: Own = {}): string {
    const state = stateOf(target, own);
    const kwargs = level === null ? [] : [['optimization', str(level)] as const];
    const there = answer({ args: [str(path)], kwargs, state }, target);
    if (there.kind === 'raise') throw new Error(`there is no way there: ${shown(there)}`);
    return shown(answer(callBack(state, there.value), target));
  }

  const word = fc.stringMatching(/^[a-z_é𐐀 -]{1,4}$/u);
  const anyTarget = fc.constantFrom(...everyTarget());
  const posix = fc.constantFrom(...everyTarget().filter(({ platform }) => platform === 'posix'));
  const withPrefix = posix.filter(({ version }) => since(version, '3.8'));
  /** null stands for a call without an optimization, the only kind before 3.5. */
  const levelFor = ({ version }: Target): fc.Arbitrary<string | null> =>
    since(version, '3.5') ? fc.constantFrom(null, '', '1', '2', 'é') : fc.constant(null);
  const sep = ({ platform }: Target): string => (platform === 'posix' ? '/' : '\\');
  /** A directory other than the root, without separators at its end. */
  const directoryFor = (target: Target): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.constantFrom(
          ...(target.platform === 'posix' ? ['', '/', '//', './', '../'] : ['', 'C:\\', '.\\']),
        ),
        fc.array(fc.oneof(word, fc.constantFrom('.', '..', 'a.b', '__pycache__')), {
          minLength: 1,
          maxLength: 3,
        }),
      )
      .map(([root, names]) => root + names.join(sep(target)));
  const drawn = <T>(
    targets: fc.Arbitrary<Target>,
    more: (target: Target) => fc.Arbitrary<T>,
    judge: (target: Target, level: string | null, drawn: T) => void,
  ): void =>
    fc.assert(
      fc.property(
        targets.chain((target) => fc.tuple(fc.constant(target), levelFor(target), more(target))),
        ([target, level, one]) => judge(target, level, one),
      ),
      { numRuns: 1000 },
    );

  test('a path comes back whose name is a stem without a dot, and .py', () => {
    const path = (target: Target): fc.Arbitrary<string> =>
      fc
        .tuple(fc.option(directoryFor(target), { nil: null }), word)
        .map(([directory, name]) => `${directory === null ? '' : directory + sep(target)}${name}.py`);
    drawn(anyTarget, path, (target, level, path) => {
      expect(thereAndBack(target, path, level)).toBe(path);
    });
  });

  test('any other extension comes back as .py', () => {
    drawn(
      anyTarget,
      () => fc.tuple(word, fc.constantFrom('pyw', 'pyc', 'PY', 'hy', '', 'so')),
      (target, level, [name, extension]) => {
        expect(thereAndBack(target, `${name}.${extension}`, level)).toBe(`${name}.py`);
      },
    );
  });

  test('a second dot raises, at the start too; before 3.4.3 the name is cut at the first', () => {
    drawn(
      anyTarget,
      () => fc.tuple(fc.oneof(word, fc.constant('')), word),
      (target, level, [first, second]) => {
        const back = thereAndBack(target, `${first}.${second}.py`, level);
        const { version } = target;
        const raises = level === null || level === '' ? noOpt : 'ValueError: expected only 2 or 3 dots in ';
        const expected = !since(version, '3.4.3')
          ? `${first}.py`
          : since(version, '3.5')
            ? raises
            : 'ValueError: expected only 2 dots in ';
        expect(back.slice(0, expected.length)).toBe(expected);
      },
    );
  });

  test('a dot at the start alone is lost', () => {
    drawn(
      anyTarget,
      () => word,
      (target, level, name) => {
        const source = since(target.version, '3.4.3') ? `${name}.py` : '.py';
        expect(thereAndBack(target, `.${name}`, level)).toBe(source);
      },
    );
  });

  test('without a dot it raises, and with a level it comes back with the tag in its name', () => {
    drawn(
      anyTarget,
      () => word,
      (target, level, name) => {
        const back = thereAndBack(target, name, level);
        const hasNoLevel = level === null || level === '';
        const expected = hasNoLevel ? 'ValueError: expected only 2 ' : `${name}T.py`;
        expect(back.slice(0, expected.length)).toBe(expected);
      },
    );
  });

  test('the root is lost, one separator of several before the name is kept, and none of two at the start', () => {
    drawn(
      posix,
      (target) => fc.tuple(directoryFor(target), word),
      (target, level, [directory, name]) => {
        expect(thereAndBack(target, `/${name}.py`, level)).toBe(`${name}.py`);
        expect(thereAndBack(target, `//${name}.py`, level)).toBe(`${name}.py`);
        expect(thereAndBack(target, `${directory}//${name}.py`, level)).toBe(`${directory}/${name}.py`);
      },
    );
  });

  test('of a drive the root does not come back', () => {
    const windows = everyTarget().filter(({ platform }) => platform === 'win32');
    drawn(
      fc.constantFrom(...windows),
      () => word,
      (target, level, name) => {
        const back = thereAndBack(target, `C:\\${name}.py`, level);
        // The directory is then `C:__pycache__`.
        const isLost = releaseOf(target.version).has('paths-have-roots');
        const expected = isLost ? 'ValueError: __pycache__ not bottom-level directory' : `C:\\${name}.py`;
        expect(back.slice(0, expected.length)).toBe(expected);
      },
    );
  });

  const prefix = fc.constantFrom('/p', '/p/', '/', 'p', './p');
  const cwd = '/w';

  test('below a prefix it comes back absolute, with one separator at the start', () => {
    drawn(
      withPrefix,
      (target) => fc.tuple(prefix, directoryFor(target), word),
      (target, level, [prefix, directory, name]) => {
        const back = thereAndBack(target, `${directory}/${name}.py`, level, { prefix, cwd });
        const relative = since(target.version, '3.12') ? directory.replace(/^\.\//, '') : directory;
        expect(back).toBe(
          `${directory.startsWith('/') ? directory.replace(/^\/+/, '/') : `${cwd}/${relative}`}/${name}.py`,
        );
      },
    );
  });

  test('below a prefix the root becomes the working directory, and a directory . stays', () => {
    drawn(
      withPrefix,
      () => fc.tuple(prefix, word),
      (target, level, [prefix, name]) => {
        expect(thereAndBack(target, `/${name}.py`, level, { prefix, cwd })).toBe(`${cwd}/${name}.py`);
        expect(thereAndBack(target, `./${name}.py`, level, { prefix, cwd })).toBe(`${cwd}/./${name}.py`);
      },
    );
  });

  test('below the empty prefix nothing comes back', () => {
    drawn(
      withPrefix,
      () => word,
      (target, level, name) => {
        const back = thereAndBack(target, `/a/${name}.py`, level, { prefix: '' });
        expect(back).toMatch(/^ValueError: __pycache__ not bottom-level directory/);
      },
    );
  });
});

describe('the interpreters agree', () => {
  /** PyPy words errors about types differently. */
  const told = (outcome: Outcome, { implementation }: Interpreter): string =>
    outcome.kind === 'return' || outcome.kind === 'raise'
      ? outcomeSource(
          implementation === 'pypy' && outcome.kind === 'raise' && outcome.type !== 'ValueError'
            ? { kind: 'raise', type: outcome.type }
            : outcome,
        ).join()
      : outcome.kind;

  async function agrees(interpreter: Interpreter): Promise<void> {
    const target: Target = { version: interpreter.version, platform: interpreter.paths };
    const scope = { release: releaseOf(target.version), platform: target.platform, fixed: {} };
    const drawn = fc.sample(callsBack(scope), { seed: 20261129, numRuns: 4000 });
    const outcomes = await askInterpreter(interpreter, drawn);
    const expected = drawn.map((call) => answer(call, target));
    const different = drawn.flatMap((call, i) => {
      const [its, ours] = [told(outcomes[i]!, interpreter), told(expected[i]!, interpreter)];
      return its === ours ? [] : [`${callSource(call)}  # ${stateSource(call.state)}: ${its}, not ${ours}`];
    });
    expect(different).toEqual([]);
    // Both sides of the boundary are drawn.
    const returned = expected.filter(({ kind }) => kind === 'return').length;
    expect(returned).toBeGreaterThan(400);
    expect(drawn.length - returned).toBeGreaterThan(400);
  }

  testEach('on 4,000 calls', { andPypy: true }, agrees);
  testEachOnStandIn('on 4,000 calls', agrees);
});
