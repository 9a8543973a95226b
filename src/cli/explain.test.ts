import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wildPath } from '../../properties/inputs/paths.ts';
import { properties } from '../../properties/index.ts';
import { anyPrefix } from '../../properties/inputs/states.ts';
import { readChapters } from '../conformance/chapters.ts';
import { tellingRules } from '../conformance/deciding.ts';
import { painter } from '../conformance/reports/layout.ts';
import { plainState } from '../python/interpreter.ts';
import { releaseOf } from '../python/releases.ts';
import { Str, str } from '../python/text.ts';
import type { Call } from '../python/call.ts';
import { everyTarget, recorded, type Target } from '../reference.ts';
import { asText, explain, stepsOf } from './explain.ts';
import { backCutsOf, cutsOf, picture, shown } from './picture.ts';
import { runCommand, type Ended } from './testing.ts';
import { UsageError } from './usage.ts';

const run = (args: readonly string[]): Promise<Ended> => runCommand(['explain', ...args]);
const chapters = readChapters();
const rules = chapters.flatMap((chapter) => chapter.rules);

const textOf = (path: Str, call: Call, target: Target, width: number, color = false): string => {
  const steps = stepsOf(tellingRules(call, target), chapters);
  return asText(path, call, target, recorded(call, target), steps, width, painter(color)).join('\n');
};

describe('explain shows', () => {
  test('the call, the interpreter, the cuts, the result, and the rules that decide it', async () => {
    const { code, out, err } = await run(['/m.py']);
    const lines = out.split('\n');
    expect(lines.slice(0, 10)).toEqual([
      "cache_from_source('/m.py')",
      "Python 3.15.0 on POSIX, cache_tag='cpython-315', optimize=0",
      '',
      '  /m.py',
      '  ^      the last separator: the directory ends before it',
      '    ^    the last dot: the name ends before it',
      '',
      '  returns __pycache__/m.cpython-315.pyc',
      '',
      'Why, the most relevant rule first; surprising: 1:',
    ]);
    expect(lines[11]).toBe('   1  path-root-is-lost  observed, quirk, spec/2-path.md');
    expect(lines).toContain('      The last separator ends the directory; the name is what follows it.');
    expect(lines).toContain('      Expected instead: `/__pycache__/foo.cpython-313.pyc`, beside its source.');
    expect([code, err]).toEqual([0, '']);
  });

  test('each rule once, numbered', async () => {
    const { out } = await run(['a.b/c', '--python-version', '3.12.1', '--optimization', 'x']);
    const target: Target = { version: [3, 12, 1], platform: 'posix' };
    const state = plainState(target.version);
    const call: Call = { state, args: [str('a.b/c')], kwargs: [['optimization', str('x')]] };
    const listed = [...out.matchAll(/^ *(\d+) {2}(\S+) {2}/gm)].map(([, number, id]) => [number, id]);
    expect(listed).toEqual(tellingRules(call, target).map((id, i) => [String(i + 1), id]));
  });

  test('what the interpreter holds', async () => {
    const { out } = await run(
      ['a.py', '--python-version', '3.9', '--platform', 'win32', '--optimize', '2', '--no-cache-tag'].concat([
        '--pycache-prefix',
        'p',
        '--cwd',
        'C:\\w',
      ]),
    );
    expect(out.split('\n')[1]).toBe(
      "Python 3.9.15 on Windows, cache_tag=None, optimize=2, pycache_prefix='p', cwd='C:\\\\w'",
    );
  });

  test('an error of Python, and the exit code says so', async () => {
    const { code, out, err } = await run(['a.py', '--optimization', '_']);
    expect(out).toMatch(/^ {2}raises {2}ValueError: '_' is not alphanumeric$/m);
    expect(out).toMatch(
      /^ *\d+ {2}opt-other-than-alphanumeric-raises {2}documented, spec\/4-optimization\.md$/m,
    );
    expect([code, err]).toEqual([1, '']);
  });

  test('warnings', async () => {
    const { code, out, err } = await run(['a.py', '--python-version', '3.8', '--debug-override', 'true']);
    expect(out).toMatch(
      /^ {2}warns {3}DeprecationWarning: the debug_override .*\n {2}returns __pycache__\/a\.cpython-38\.pyc$/m,
    );
    expect([code, err]).toEqual([0, '']);
  });

  test('no picture of the empty path', async () => {
    const { out } = await run(['']);
    expect(out.split('\n')[3]).toBe('  returns __pycache__/cpython-315.pyc');
  });

  test('no Markdown but for the code in it', async () => {
    const { out } = await run(['a.py', '--optimization', '1']);
    expect(out).not.toMatch(/\*\*|\]\(/);
  });

  test('the same for a program with --json', async () => {
    const { code, out } = await run(['\u{1f600}/.é', '--python-version', '3.13.0', '--json']);
    const { steps, ...rest } = JSON.parse(out) as { steps: Array<Record<string, unknown>> };
    expect(rest).toEqual({
      interpreter: {
        version: '3.13.0',
        platform: 'posix',
        cache_tag: 'cpython-313',
        optimize: 0,
        pycache_prefix: null,
        cwd: null,
      },
      call: String.raw`cache_from_source('\U0001f600/.\xe9')`,
      path: '\u{1f600}/.é',
      result: '\u{1f600}/__pycache__/é.cpython-313.pyc',
      cut: { unit: 'code points', separator: 1, dot: 2 },
    });
    const hidden = rules.find(({ id }) => id === 'path-leading-dot-is-dropped')!;
    const { id, level, quirk, title, statement } = hidden;
    expect(steps).toContainEqual({ rule: id, level, quirk, title, statement, chapter: 'spec/2-path.md' });
    expect(code).toBe(0);
  });

  test('an error with --json, and what is not cut is null', async () => {
    const { code, out, err } = await run(['a', '--no-cache-tag', '--json']);
    const { error, cut, steps } = JSON.parse(out) as Record<string, Array<Record<string, unknown>>>;
    expect(error).toEqual({ type: 'NotImplementedError', message: 'sys.implementation.cache_tag is None' });
    expect(cut).toEqual({ unit: 'code points', separator: null, dot: null });
    expect(steps!.at(-1)).toMatchObject({ rule: 'tag-none-raises', level: 'documented', quirk: null });
    expect([code, err]).toEqual([1, '']);
  });

  describe('of the path of a bytecode file the way back:', () => {
    const cached = 'é/__pycache__/b.cpython-313.opt-2.pyc';

    test('where it is split, the source, and the rules that decide it', async () => {
      const { code, out, err } = await run([cached, '--python-version', '3.13']);
      const lines = out.split('\n');
      expect(lines.slice(0, 10)).toEqual([
        String.raw`source_from_cache('\xe9/__pycache__/b.cpython-313.opt-2.pyc')`,
        "Python 3.13.8 on POSIX, cache_tag='cpython-313'",
        '',
        `  ${cached}`,
        '    ^                                    the cache folder, which is dropped',
        '               ^                         the last separator: the name follows',
        '                 ^                       the first dot: the name ends before it',
        '',
        '  returns é/b.py',
        '',
      ]);
      const rules = [...out.matchAll(/^ *\d+ {2}(\S+) {2}.*10-source-from-cache\.md$/gm)].map(([, id]) => id);
      expect(rules.slice(0, 2)).toEqual(['back-characters-pass-unchanged', 'back-two-or-three-dots']);
      expect(err).toBe(
        'pycache-spec: this is the path of a bytecode file, so source_from_cache is explained; --function cache_from_source explains the other function.\n',
      );
      expect(code).toBe(0);
    });

    test('what Python raises, which the exit code says too', async () => {
      const { code, out } = await run(['__pycache__/mod.v1.T.pyc']);
      expect(out).toMatch(/^ {2}raises {2}ValueError: optimization portion of filename does not start/m);
      expect(out).toMatch(/^ +1 {2}back-segment-begins-with-opt {2}/m);
      expect(code).toBe(1);
    });

    test('below a prefix, as JSON', async () => {
      const { out } = await run(['/p/a/b.T.pyc', '--pycache-prefix', '/p', '--json']);
      const told = JSON.parse(out) as Record<string, unknown> & { steps: Array<{ rule: string }> };
      expect(told).toMatchObject({
        call: "source_from_cache('/p/a/b.T.pyc')",
        result: '/a/b.py',
        cut: { unit: 'code points', prefix: 2, folder: null, separator: 4, dot: 6 },
      });
      expect(told.steps[0]!.rule).toBe('back-prefix-is-dropped');
    });

    test.each<readonly [string[], string]>([
      [[cached, '--optimization', '1'], 'cache_from_source('],
      [[cached, '--function', 'cache_from_source'], 'cache_from_source('],
      [['a/b.pyc'], 'cache_from_source('],
      [[String.raw`a\__pycache__\b.T.pyc`], 'cache_from_source('],
      [['__pycache__/b.py'], 'cache_from_source('],
      [['a/b.pyc', '--function', 'source_from_cache'], 'source_from_cache('],
    ])('nothing is said of it, and %j is of %s', async (args, call) => {
      const { out, err } = await run(args);
      expect(out.startsWith(call)).toBe(true);
      expect(err).toBe('');
    });

    test.each<readonly [string[], string]>([
      [[String.raw`a\__pycache__\b.T.pyc`, '--platform', 'win32'], String.raw`a\b.py`],
      [['__pycache__/b.cpython-34.pyo', '--python-version', '3.4'], 'b.py'],
      [['/p/a/b.T.pyc', '--like', 'python3.13 -X pycache_prefix=/p'], '/a/b.py'],
    ])('%j', async (args, source) => {
      const { out } = await run(args);
      expect(out).toContain(`\n  returns ${source}\n`);
    });
  });

  test.each<readonly [string[], RegExp]>([
    [[], /^explain takes a PATH$/],
    [
      ['a.py', '--function', 'source'],
      /^--function takes cache_from_source or source_from_cache, not 'source'; did/,
    ],
    [
      ['a.pyc', '--function', 'source_from_cache', '--debug-override', 'true'],
      /^source_from_cache takes only a path: --debug-override cannot be combined with it$/,
    ],
    [['-'], /^explain takes one PATH, and does not read stdin/],
    [['a.py', 'b.py'], /^'b\.py' is unexpected$/],
    [['a.py', '-0'], /^explain has no option '-0'; a PATH that begins with a dash must follow --$/],
    [['a.py', '--pycache-prefix', '/p'], /give it with --cwd$/],
    [['a.py', '--optimization', '-1'], /write a value that begins with a dash as --optimization=-1$/],
  ])('nothing when called with %j', (args, message) => {
    expect(() => explain.run(args)).toThrow(UsageError);
    expect(() => explain.run(args)).toThrow(message);
  });
});

describe('a text for a terminal', () => {
  const target: Target = { version: [3, 13, 0], platform: 'posix' };
  const call = { state: plainState(target.version), args: [str('/usr/lib/m.py')], kwargs: [] };
  const text = (width: number, color = false): string =>
    textOf(str('/usr/lib/m.py'), call, target, width, color);

  test.each([60, 80, 100])('is wrapped to %d columns', (width) => {
    const lines = text(width).split('\n');
    const [steps, cut] = [lines.slice(lines.findIndex((line) => line.startsWith('Why'))), lines.slice(3, 6)];
    const wrapped = [...steps, ...cut];
    expect(wrapped.filter((line) => line.length > width)).toEqual([]);
    expect(wrapped.some((line) => line.length > width - 12)).toBe(true);
  });

  test('has the same words in colour', () => {
    const escapes = new RegExp(String.raw`${'\u001b'}\[\d+m`, 'g');
    expect(text(80, true)).toMatch(escapes);
    expect(text(80, true).replaceAll(escapes, '')).toBe(text(80));
  });

  test('has the whole first sentence of a rule, and all of one that surprises', () => {
    const sentences = text(1000);
    expect(sentences).toContain('\n      The bytecode file goes into a folder');
    expect(sentences).not.toContain('Python creates the folder');
    const windows: Target = { version: [3, 13, 0], platform: 'win32' };
    const path = str('C:\\b.py');
    const lost = textOf(path, { ...call, args: [path] }, windows, 1000);
    expect(lost).toContain('For `C:\\bar.py`, that is whatever');
  });

  test('exists whatever the call', () => {
    for (const one of everyTarget()) {
      const release = releaseOf(one.version);
      const scope = { release, platform: one.platform, fixed: {} };
      const calls = fc.sample(
        fc.tuple(wildPath(scope), fc.option(anyPrefix(scope)), fc.constantFrom(null, str(''), str('1'))),
        { seed: 1, numRuns: 20 },
      );
      for (const [path, pycachePrefix, optimization] of calls) {
        const state = { ...plainState(one.version, one.platform), pycachePrefix };
        const asked = {
          state,
          args: [path],
          kwargs: optimization === null ? [] : [['optimization', optimization] as const],
        };
        const [drawn] = textOf(path, asked, one, 80).split('\nWhy');
        const { separator, dot } = cutsOf(recorded(asked, one).record, release);
        const cuts = [separator, dot].filter((at) => at !== undefined);
        const marks = drawn!.match(/the last separator: |the (?:last|first) dot: /g) ?? [];
        expect(marks).toHaveLength(cuts.length);
      }
    }
  });

  test('exists of every call of the way back, with a mark for each cut', () => {
    for (const one of everyTarget()) {
      const scope = { release: releaseOf(one.version), platform: one.platform, fixed: {} };
      const chapter = properties.find(({ function: name }) => name === 'source_from_cache')!;
      for (const asked of fc.sample(chapter.calls(scope), { seed: 1, numRuns: 20 })) {
        const { record } = recorded(asked, one);
        const path = record.fspath ?? str('');
        const [drawn] = textOf(path, asked, one, 80).split('\nWhy');
        const { prefix, folder, separator, dot } = backCutsOf(record);
        const cuts = new Set([prefix, folder, separator, dot].filter((at) => at !== undefined));
        const marks =
          drawn!.match(
            /^ +\^?\s*(?:the prefix ends|this is not a cache|the cache folder, which|the last separator: |the first dot: )/gm,
          ) ?? [];
        expect(marks).toHaveLength(cuts.size);
        for (const at of cuts) expect(at).toBeLessThan(path.units.length);
      }
    }
  });

  test('of a rule that no chapter has there is none', () => {
    expect(() => stepsOf(['path-no-such-rule'], chapters)).toThrow(
      /no chapter has the rule path-no-such-rule/,
    );
  });
});

describe('a picture', () => {
  const drawn = (path: Str, offsets: readonly number[], width = 60): string =>
    picture(
      path,
      offsets.map((offset) => ({ offset, label: `at ${offset}` })),
      '15.1.0',
      width,
    ).join('\n');
  const of = (path: string, ...marked: string[]): string =>
    drawn(
      str(path),
      marked.map((one) => path.lastIndexOf(one)),
    );

  test('has a caret under each character that is marked', () => {
    expect(of('a/b.py', '/', '.')).toBe('a/b.py\n ^      at 1\n   ^    at 3');
  });

  test.each<readonly [string, string, number]>([
    ['é/b.py', 'é/b.py', 1],
    ['日本/b.py', '日本/b.py', 4],
    ['\u{1f600}/b.py', '\u{1f600}/b.py', 2],
    ['e\u0301/b.py', 'e\u0301/b.py', 1],
    ['\u{1d49c}/b.py', '\u{1d49c}/b.py', 1],
    ['ﾊ/b.py', 'ﾊ/b.py', 1],
    ['\uac00/b.py', '\uac00/b.py', 2],
    ['\n/b.py', String.raw`\n/b.py`, 2],
    ['\u0007/b.py', String.raw`\x07/b.py`, 4],
    ['\u200b/b.py', String.raw`\u200b/b.py`, 6],
    ['\u{e0001}/b.py', String.raw`\U000e0001/b.py`, 10],
    ['\udcff/b.py', String.raw`\udcff/b.py`, 6],
    ['a\\b/b.py', 'a\\b/b.py', 3],
    ["'/b.py", "'/b.py", 1],
  ])('of %j has it at the right column', (path, line, column) => {
    expect(of(path, '/').split('\n')).toEqual([
      line,
      expect.stringMatching(new RegExp(`^ {${column}}\\^ +at `)),
    ]);
    expect(shown(str(path), '15.1.0')).toBe(line);
  });

  test('takes two surrogates that are two characters for two', () => {
    const path = Str.fromCodePoints([0xd83d, 0xde00, 0x2f]);
    expect(drawn(path, [2])).toBe(`${String.raw`\ud83d\ude00/`}\n            ^  at 2`);
  });

  test('escapes what the release does not know', () => {
    const character = '\u{1fae9}';
    expect(shown(str(character), '16.0.0')).toBe(character);
    expect(shown(str(character), '15.1.0')).toBe(String.raw`\U0001fae9`);
  });

  test('is cut where it is too wide, with the carets below the row that they are about', () => {
    expect(drawn(str('abcdefgh/日本.py'), [8, 11], 12)).toBe(
      ['abcdefgh/日', '        ^', '        at 8', '本.py', '  ^    at 11'].join('\n'),
    );
  });

  test('has a label beside its caret where there is no room right of the path, else below', () => {
    expect(drawn(str('ab/cdefghijk'), [2], 12)).toBe('ab/cdefghijk\n  ^ at 2');
    expect(drawn(str('abcdefghij/k'), [10], 12)).toBe('abcdefghij/k\n          ^\n       at 10');
  });
});
