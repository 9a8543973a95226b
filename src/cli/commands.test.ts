import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readStateGoldens } from '../../fixtures/goldens.ts';
import { readChapters } from '../conformance/chapters.ts';
import { readStateChapter } from '../conformance/state-chapter.ts';
import { encodeCall, encodeOutcome, toLine, type Json } from '../conformance/codec.ts';
import { features } from '../conformance/features.ts';
import { packageRoot, pageOf } from '../conformance/package.ts';
import { plainState, platforms } from '../python/interpreter.ts';
import { formatVersion, newestKnown, parseVersion, type Since } from '../python/releases.ts';
import { str } from '../python/text.ts';
import { py } from '../python/values.ts';
import { answer, type Target } from '../reference.ts';
import { adapter as adapterCommand } from './adapter.ts';
import { rules as rulesCommand } from './rules.ts';
import { serve as serveCommand } from './serve.ts';
import { commands as table } from './table.ts';
import { program, reference, runCommand } from './testing.ts';
import { UsageError } from './usage.ts';

const chapters = readChapters();
const rules = chapters.flatMap((chapter) => chapter.rules);
const stateChapter = readStateChapter();

const commands = Object.keys(table);

describe('the command', () => {
  test('without anything tells how it is called, and that this was wrong', async () => {
    const { code, out, err } = await runCommand([]);
    expect(err).toContain('pycache-spec check');
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  test.each([['--help'], ['help']])('tells how it is called: %s', async (word) => {
    const { code, out, err } = await runCommand([word]);
    for (const name of commands) {
      expect(out).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    }
    expect(out).toMatch(/Exit codes of check: 0 conformant, 1 not conformant, 2 wrong usage/);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  test.each(commands)('tells how %s is called', async (name) => {
    const { code, out } = await runCommand([name, '--help']);
    expect(out).toMatch(new RegExp(`^pycache-spec ${name}\\b`));
    expect(code).toBe(0);
  });

  test('leaves the options of an adapter to it', async () => {
    const { out } = await runCommand([
      'check',
      '--runs',
      '1',
      '--rule',
      'tag-none-raises',
      '--',
      ...reference,
      '--help',
    ]);
    expect(out).not.toMatch(/^pycache-spec check /m);
  });

  test.each(['sing', 'toString', '--verbose'])('has no %s', async (name) => {
    const { code, out, err } = await runCommand([name]);
    expect(err).toBe(
      `pycache-spec: '${name}' is not a command; the commands are ${commands.join(', ')}. (See pycache-spec --help.)\n`,
    );
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('rules', () => {
  test('lists every rule under its chapter', async () => {
    const { code, out } = await runCommand(['rules']);
    const listed = [...out.matchAll(/^(?:(\d+ \S.*): .*| {2}(\S+))$/gm)].map(
      ([, chapter, id]) => chapter ?? id,
    );
    expect(listed).toEqual(
      [...chapters, stateChapter].flatMap((chapter) => [
        chapter.name.replace('-', ' '),
        ...chapter.rules.map(({ id }) => id),
      ]),
    );
    expect(out).toMatch(/\(observed, quirk\)$/m);
    expect(code).toBe(0);
  });

  /** The wrong functions that break these are named after other rules that they break. */
  const withoutMutant = new Set([
    'call-same-result-each-time',
    'windows-both-separators',
    'back-from-there-comes-the-path',
  ]);

  test('as JSON tell of each rule what it is and what stands behind it', async () => {
    const { code, out } = await runCommand(['rules', '--json']);
    const listed = JSON.parse(out) as Array<Record<string, unknown>>;
    expect(listed.map(({ id }) => id)).toEqual([...rules, ...stateChapter.rules].map(({ id }) => id));
    for (const [i, one] of listed.slice(0, rules.length).entries()) {
      const { id, chapter, title, statement, level, since, before, platforms } = rules[i]!;
      expect(one).toMatchObject({ id, chapter, title, statement, level });
      const names = (versions: Since): string[] => versions.map((version) => version.join('.'));
      expect(one['appliesTo']).toEqual({
        since: names(since),
        before: before === undefined ? null : names(before),
        platforms,
      });
      expect(one['properties']).toEqual([id]);
      expect(one['page']).toBe(pageOf(id));
      // A rule may apply only to releases that were not captured.
      const [captured, onlyRead] = [one['captured'], one['readNotCaptured']] as unknown[][];
      expect([id, captured!.length + onlyRead!.length]).not.toEqual([id, 0]);
      expect([id, captured!.length > 0 && one['goldens'] === 0]).toEqual([id, false]);
      expect([id, (one['mutants'] as unknown[]).length > 0 || withoutMutant.has(id)]).toEqual([id, true]);
      for (const mutant of one['mutants'] as string[]) {
        const file = join(packageRoot(), 'properties', 'mutants', `${mutant}.py`);
        expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^Breaks: .*\\b${id}\\b`, 'm'));
      }
    }
    expect(code).toBe(0);
  });

  test('of an id show its section of the chapter', async () => {
    const { id, chapter, title } = rules.at(-1)!;
    const { code, out } = await runCommand(['rules', id]);
    expect(out.startsWith(`${id}\n\n`)).toBe(true);
    const [section, provenance] = out.split(/\n(?=captured from CPython: )/);
    // The same words, without markup.
    const said = section!.replaceAll(/\s+/g, ' ');
    expect(said).toContain(title.replaceAll('**', ''));
    expect(section).not.toMatch(/\*\*|^#|^```|\]\(/m);
    const markdown = readFileSync(join(packageRoot(), 'spec', `${chapter}.md`), 'utf8');
    const examples = markdown
      .split(`## ${id}\n`)[1]!
      .split('\n## ')[0]!
      .match(/^>>> .*$/gm)!;
    expect(section!.match(/(?<=^ {4})>>> .*$/gm)).toEqual(examples);
    expect(section).toMatch(/^For example:\n {4}>>> /m);
    for (const line of out.split('\n')) expect(line.startsWith('    ') || line.length <= 100).toBe(true);
    expect(provenance).toMatch(/^captured from CPython: .*\d/);
    expect(provenance!.trimEnd().split('\n').at(-1)).toBe(`page on the site: ${pageOf(id)}`);
    expect(code).toBe(0);
  });

  test('of how an interpreter is started tell whose they are', async () => {
    const { out } = await runCommand(['rules', '--json', 'state-first-prefix-counts']);
    expect(JSON.parse(out)).toMatchObject([
      {
        chapter: '11-state',
        level: 'observed',
        appliesTo: [
          { implementation: 'cpython', since: ['3.8.0'], before: null, platforms: ['posix', 'win32'] },
        ],
        page: '11-state.html#state-first-prefix-counts',
        captured: expect.arrayContaining([
          { implementation: 'cpython', platform: 'posix', version: '3.8.0' },
        ]) as unknown,
        readNotCaptured: expect.arrayContaining([
          { implementation: 'cpython', platform: 'win32', releases: '3.8' },
        ]) as unknown,
      },
    ]);
    const { out: shown } = await runCommand(['rules', 'state-first-prefix-counts']);
    expect(shown).toMatch(/^For example:\n {4}\$ python3\.13 -X pycache_prefix=\/p -X /m);
    expect(shown).toMatch(/^captured from CPython: POSIX 3\.8\.0, /m);
    expect(shown).toMatch(/^read in CPython's source, not captured: Windows 3\.8, /m);
    expect(shown).not.toMatch(/PyPy: /);
    expect(shown).toMatch(/^page on the site: 11-state\.html#state-first-prefix-counts$/m);
    const { out: ofBoth } = await runCommand(['rules', 'state-level-zero-is-one']);
    expect(ofBoth).toMatch(
      /^captured from CPython: POSIX 3\.4\.2, .*\ncaptured from PyPy: POSIX 3\.7\.10, /m,
    );
    expect(ofBoth).toMatch(/^read in PyPy's source, not captured: Windows 3\.7, 3\.9, 3\.11$/m);
  });

  test('of how an interpreter is started tell the goldens of each', async () => {
    const { out } = await runCommand(['rules', '--json']);
    const listed = (JSON.parse(out) as Array<{ id: string; goldens: number; captured: unknown[] }>).slice(
      rules.length,
    );
    const { goldens } = readStateGoldens();
    for (const { id, goldens: count, captured } of listed) {
      const own = goldens.filter((golden) => golden.rules.includes(id));
      expect([id, count]).toEqual([id, own.length]);
      expect([id, captured.length > 0]).toEqual([id, count > 0]);
    }
    const { out: list } = await runCommand(['rules']);
    expect(list).toMatch(/^ {2}for every rule of a start: CPython none \(POSIX\), 3\.4, /m);
  });

  test('of an id as JSON are a list of that one', async () => {
    const { out } = await runCommand(['rules', '--json', 'opt-bool-by-name']);
    expect((JSON.parse(out) as Array<{ id: string }>).map(({ id }) => id)).toEqual(['opt-bool-by-name']);
  });

  test.each<readonly [string[], RegExp]>([
    [['no-such-rule'], /there is no rule 'no-such-rule'/],
    [['opt-bool-by-name', 'tag-none-raises'], /'tag-none-raises' is unexpected/],
    [['--yaml'], /rules has no option '--yaml'/],
  ])('refuse %j', (args, message) => {
    expect(() => rulesCommand.run(args)).toThrow(UsageError);
    expect(() => rulesCommand.run(args)).toThrow(message);
  });
});

describe('adapter', () => {
  const folder = join(packageRoot(), 'src', 'adapters');

  test('prints the path of each shipped adapter', async () => {
    const files = readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ name }) => name)
      .toSorted();
    expect(files.map((file) => parse(file).name)).toEqual(table.adapter.offers);
    for (const file of files) {
      const { code, out } = await runCommand(['adapter', parse(file).name]);
      expect(out).toBe(`${join(folder, file)}\n`);
      expect(existsSync(out.trimEnd())).toBe(true);
      expect(code).toBe(0);
    }
  });

  test.each<readonly [string[], RegExp]>([
    [['nosuch'], /there is no adapter named 'nosuch'; the adapters are: .*python/],
    [[], /adapter takes the name of an adapter; the adapters are: .*python/],
    [['python', 'more'], /'more' is unexpected/],
    [['../cli/main'], /there is no adapter named/],
  ])('refuses %j', (args, message) => {
    expect(() => adapterCommand.run(args)).toThrow(UsageError);
    expect(() => adapterCommand.run(args)).toThrow(message);
  });

  test('refuses a name that it does not have in a sentence, and exits with 2', async () => {
    const { code, out, err } = await runCommand(['adapter', 'nosuch']);
    expect(err).toMatch(/^pycache-spec: there is no adapter named 'nosuch'; the adapters are: .*\n$/);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('serve', () => {
  const target: Target = { version: [3, 12, 1], platform: 'posix' };
  const serve = ['serve', '--python-version', '3.12.1'];
  const say = (...requests: readonly (Json | string)[]): string =>
    requests.map((one) => `${typeof one === 'string' ? one : toLine(one)}\n`).join('');
  const hello = { op: 'hello', protocol: 1 };
  const bye = { op: 'bye' };
  const calls = [str('a.py'), str('\u2028.py'), py.pathLike(str('b')), py.bytes('c')].map((path) => ({
    state: plainState(target.version),
    args: [path],
    kwargs: [],
  }));
  const request = { op: 'call', seq: 5, calls: calls.map(encodeCall) };
  const replies = (out: string): Json[] =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);

  test('answers hello and calls as the reference does, and ends at bye', async () => {
    const { code, out, err } = await runCommand(serve, { input: say(hello, request, bye, 'never read') });
    const [greeting, reply, ...more] = replies(out);
    expect(greeting).toMatchObject({ protocol: 1, python: '3.12.1', platform: 'posix' });
    expect(reply).toEqual({ seq: 5, outcomes: calls.map((call) => encodeOutcome(answer(call, target))) });
    expect(more).toEqual([]);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  test('reads lines of UTF-8 that are not escaped, whatever characters they hold', async () => {
    const { code, out, err } = await runCommand(serve, { input: say(JSON.stringify(request), bye) });
    expect(err).toBe('');
    expect(replies(out)).toEqual([
      { seq: 5, outcomes: calls.map((call) => encodeOutcome(answer(call, target))) },
    ]);
    expect(code).toBe(0);
  });

  test('reads lines that end as on Windows, and a last one without an end', async () => {
    const { code, out } = await runCommand(serve, { input: `${toLine(hello)}\r\n${toLine(request)}` });
    expect(replies(out)).toHaveLength(2);
    expect(code).toBe(0);
  });

  test('writes ASCII alone', async () => {
    const { out } = await runCommand(serve, { input: say(hello, request, bye) });
    expect(out).toMatch(/^[ -~\n]*$/);
  });

  test('answers a call with a prefix, and one whose working directory was removed', async () => {
    const [call] = calls;
    const own = [
      { pycachePrefix: str('/p') },
      { pycachePrefix: str('/p'), cwd: null },
      { pycachePrefix: null, cwd: null },
    ];
    const asked = own.map((state) => ({ ...call!, state: { ...call!.state, ...state } }));
    const { out } = await runCommand(serve, {
      input: say({ op: 'call', seq: 1, calls: asked.map(encodeCall) }, bye),
    });
    expect(replies(out)).toEqual([
      {
        seq: 1,
        outcomes: [
          { return: '/p/w/a.cpython-312.pyc' },
          { raise: 'FileNotFoundError', message: '[Errno 2] No such file or directory' },
          { return: '__pycache__/a.cpython-312.pyc' },
        ],
      },
    ]);
  });

  test.each<readonly [options: string[], python: string, platform: string]>([
    [['--python-version', '3.4.0'], '3.4.0', 'posix'],
    [['--python-version', '3.15.0'], '3.15.0', 'posix'],
    [['--platform', 'win32', '--python-version', '3.9.4'], '3.9.4', 'win32'],
    // A series stands for the latest of its releases.
    [['--python-version', '3.13'], '3.13.8', 'posix'],
    [['--python-version', '3.4', '--platform', 'win32'], '3.4.3', 'win32'],
    [[], formatVersion(newestKnown), 'posix'],
  ])('with %j is the reference for that interpreter', async (options, python, platform) => {
    const [version, on] = [parseVersion(python)!, platforms.find((one) => one === platform)!];
    const own: Target = { version, platform: on };
    const asked = ['C:\\a.b.py', 'b/a.b.py'].map((path) => ({
      state: plainState(version, on),
      args: [str(path)],
      kwargs: [['debug_override', true]] as const,
    }));
    const { code, out, err } = await runCommand(['serve', ...options], {
      input: say(hello, { op: 'call', seq: 1, calls: asked.map(encodeCall) }, bye),
    });
    const [greeting, reply] = replies(out);
    expect(greeting).toMatchObject({ python, platform, supports: [...features] });
    expect(reply).toEqual({ seq: 1, outcomes: asked.map((call) => encodeOutcome(answer(call, own))) });
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  test.each(['3.16.0', '3.99', '4.0.0'])(
    'for %s, newer than any specified, does as the newest does, and says so',
    async (version) => {
      const [call] = calls;
      const { code, out, err } = await runCommand(['serve', '--python-version', version], {
        input: say(hello, { op: 'call', seq: 1, calls: [encodeCall(call!)] }, bye),
      });
      expect(err).toBe(
        `pycache-spec: Python ${version} is newer than 3.15, the newest series specified, and is treated like it.\n`,
      );
      expect(replies(out)[0]).toMatchObject({ python: version === '3.99' ? '3.99.0' : version });
      expect(replies(out)[1]).toEqual({
        seq: 1,
        outcomes: [encodeOutcome(answer(call!, { version: newestKnown, platform: 'posix' }))],
      });
      expect(code).toBe(0);
    },
  );

  test('ends with 0 when its input ends', async () => {
    expect(await runCommand(serve)).toEqual({ code: 0, out: '', err: '' });
  });

  test.each<readonly [string, string, number, RegExp]>([
    ['that is not JSON', say(hello, 'what?'), 2, /JSON/],
    ['that is empty', say(hello, ''), 2, /JSON/],
    [
      'with an unknown op',
      say(hello, { op: 'sing' }),
      2,
      /a request is hello, call with seq and calls, or bye/,
    ],
    ['that is a list', say([]), 1, /a request cannot be \[\]/],
    ['of calls without seq', say(hello, request, { op: 'call', calls: [] }), 3, /seq/],
    [
      'with a call that is none',
      say(hello, { op: 'call', seq: 1, calls: [{ args: [] }] }),
      2,
      /a call's env cannot be missing/,
    ],
    [
      'with a value that is none',
      say({ op: 'call', seq: 1, calls: [{ ...(request.calls[0] as object), args: [{ set: [] }] }] }),
      1,
      /not a value: \{"set":\[\]\}/,
    ],
  ])('refuses a line %s, and says which', async (_, input, line, message) => {
    const { code, err } = await runCommand(serve, { input });
    expect(err).toMatch(new RegExp(`^pycache-spec serve: line ${line} is not a request of the protocol: `));
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  test('ends at a line that it refuses though its input stays open', async () => {
    const child = spawn(process.execPath, [program, ...serve]);
    onTestFinished(() => void child.kill());
    child.stdin.write('what?\n');
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(2);
  });

  test.each<readonly [string[], RegExp]>([
    [['--python-version', 'three'], /^'three' is not a Python version such as 3\.12\.1$/],
    [['--python-version', '3.3.7'], /^Python 3\.3\.7 is older than 3\.4\.0, the oldest release specified$/],
    [['--python-version', '2.7'], /^Python 2\.7 is older than 3\.4\.0/],
    [['--platform', 'vms'], /^'vms' is not a supported platform; the platforms are posix, win32$/],
    [['now'], /'now' is unexpected/],
  ])('refuses to be called with %j', async (args, message) => {
    const error: unknown = await serveCommand.run(args).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(message);
  });
});
