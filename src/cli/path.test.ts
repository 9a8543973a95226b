import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anyPrefix, workingDirectory } from '../../properties/inputs/states.ts';
import { wildPath } from '../../properties/inputs/paths.ts';
import { anyText } from '../../properties/inputs/texts.ts';
import type { Scope } from '../../properties/scope.ts';
import { encodeValue, type Json } from '../conformance/codec.ts';
import type { State } from '../python/interpreter.ts';
import { formatVersion, releaseOf } from '../python/releases.ts';
import { str, type Str } from '../python/text.ts';
import { answer, everyTarget, type Target } from '../reference.ts';
import { decode, encode, readPaths } from './bytes.ts';
import { path } from './path.ts';
import { program, runCommand, type Ended } from './testing.ts';
import { UsageError } from './usage.ts';

const run = (args: readonly string[], input = ''): Promise<Ended> => runCommand(['path', ...args], { input });

/** Runs the command with bytes as input and output. */
async function runOnBytes(
  args: readonly string[],
  input: Buffer,
): Promise<{ code: number; out: Buffer; err: string }> {
  const child = spawn(process.execPath, [program, 'path', ...args]);
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { code, out: Buffer.concat(out), err: Buffer.concat(err).toString() };
}

describe('path prints what the interpreter gives', () => {
  test.each<readonly [string[], string]>([
    [['C:\\b.py', '--python-version', '3.13.0', '--platform', 'win32'], 'C:__pycache__\\b.cpython-313.pyc'],
    [['a/b.py', '--python-version', '3.5.0', '--optimization', '2'], 'a/__pycache__/b.cpython-35.opt-2.pyc'],
    [['/m.py'], '__pycache__/m.cpython-315.pyc'],
    [[''], '__pycache__/cpython-315.pyc'],
    [['./-'], './__pycache__/-cpython-315.pyc'],
    [['--', '-x.py'], '__pycache__/-x.cpython-315.pyc'],
    [['é/日.py'], 'é/__pycache__/日.cpython-315.pyc'],
    [['a.py', '--optimization', ''], '__pycache__/a.cpython-315.pyc'],
    [['a.py', '--optimization', 'x', '--optimize', '1'], '__pycache__/a.cpython-315.opt-x.pyc'],
    [['a.py', '--optimize', '2'], '__pycache__/a.cpython-315.opt-2.pyc'],
    [['a.py', '--cache-tag', 'pypy39'], '__pycache__/a.pypy39.pyc'],
    [['a.py', '--cache-tag', ''], '__pycache__/a..pyc'],
    [['a.py', '--implementation', 'pypy', '--python-version', '3.11'], '__pycache__/a.pypy311.pyc'],
    [['a.py', '--implementation', 'cpython', '--python-version', '3.12'], '__pycache__/a.cpython-312.pyc'],
    [['a.py', '--python-version', '3.4', '--debug-override', 'false'], '__pycache__/a.cpython-34.pyo'],
    [['a.py', '--python-version', '3.4', '--debug-override', 'true'], '__pycache__/a.cpython-34.pyc'],
    [['/a/b.py', '--pycache-prefix', '/p'], '/p/a/b.cpython-315.pyc'],
    [['a.py', '--pycache-prefix', '/p', '--cwd', '/w'], '/p/w/a.cpython-315.pyc'],
    [['/a/b.py', '--pycache-prefix', ''], 'a/b.cpython-315.pyc'],
    [
      ['b.py', '--pycache-prefix', 'C:\\p', '--cwd', 'D:\\w', '--platform', 'win32'],
      'C:\\p\\w\\b.cpython-315.pyc',
    ],
  ])('%j', async (args, result) => {
    expect(await run(args)).toEqual({ code: 0, out: `${result}\n`, err: '' });
  });

  test('for several paths, each on a line', async () => {
    const { code, out } = await run(['a.py', 'b.py', 'c/d.py', '--python-version', '3.12.1']);
    expect(out).toBe(
      '__pycache__/a.cpython-312.pyc\n__pycache__/b.cpython-312.pyc\nc/__pycache__/d.cpython-312.pyc\n',
    );
    expect(code).toBe(0);
  });

  test('for a series as its latest release gives it, for a release as that one does', async () => {
    const of = async (version: string): Promise<string> =>
      (await run(['a.b.py', '--python-version', version])).out;
    expect(await of('3.4')).toBe('__pycache__/a.b.cpython-34.pyc\n');
    expect(await of('3.4.3')).toBe('__pycache__/a.b.cpython-34.pyc\n');
    expect(await of('3.4.0')).toBe('__pycache__/a.cpython-34.pyc\n');
  });
});

/** A call that raises only for a path without a directory. */
const raising = ['--python-version', '3.13.0', '--pycache-prefix', '/p', '--cwd', '/'];

describe('what is not in order goes to stderr', () => {
  test.each<readonly [string[], string]>([
    [['a.py', '--optimization', '_'], "ValueError: '_' is not alphanumeric"],
    [['a.py', '--optimization=-1'], "ValueError: '-1' is not alphanumeric"],
    [['a.py', '--no-cache-tag'], 'NotImplementedError: sys.implementation.cache_tag is None'],
    [
      ['a.py', '--python-version', '3.4.10', '--optimization', '1'],
      "TypeError: cache_from_source() got an unexpected keyword argument 'optimization'",
    ],
    [
      ['a.py', '--debug-override', 'true'],
      "TypeError: cache_from_source() got an unexpected keyword argument 'debug_override'",
    ],
    [['a.py', ...raising], 'IndexError: string index out of range'],
    // The tag is checked before anything reads the working directory.
    [
      ['a.py', '--no-cache-tag', '--pycache-prefix', '/p'],
      'NotImplementedError: sys.implementation.cache_tag is None',
    ],
  ])('an error that Python raises: %j', async (args, error) => {
    expect(await run(args)).toEqual({ code: 1, out: '', err: `pycache-spec: ${error}\n` });
  });

  test('which of several paths raises, and the others are printed', async () => {
    expect(await run(['/a/b.py', 'c.py', '/d/e.py', ...raising])).toEqual({
      code: 1,
      out: '/p/a/b.cpython-313.pyc\n/p/d/e.cpython-313.pyc\n',
      err: 'pycache-spec: path 2: IndexError: string index out of range\n',
    });
  });

  test('a warning, once, which changes no exit code', async () => {
    expect(await run(['a.py', 'b.py', '--python-version', '3.14', '--debug-override', 'false'])).toEqual({
      code: 0,
      out: '__pycache__/a.cpython-314.opt-1.pyc\n__pycache__/b.cpython-314.opt-1.pyc\n',
      err: "pycache-spec: DeprecationWarning: the debug_override parameter is deprecated; use 'optimization' instead\n",
    });
  });

  test('that a release is newer than those specified', async () => {
    const { code, out, err } = await run(['a.py', '--python-version', '3.99.1']);
    expect(err).toBe(
      'pycache-spec: Python 3.99.1 is newer than 3.15, the newest series specified, and is treated like it.\n',
    );
    expect(out).toBe('__pycache__/a.cpython-399.pyc\n');
    expect(code).toBe(0);
  });

  test('that a patch release is not known, and that a candidate is taken for its release', async () => {
    expect(await run(['a.py', '--python-version', '3.13.99'])).toEqual({
      code: 0,
      out: '__pycache__/a.cpython-313.pyc\n',
      err: 'pycache-spec: Python 3.13.99 is newer than 3.13.18, the newest release of its series that is known, and is taken to be that one.\n',
    });
    expect((await run(['a.py', '--python-version', '3.13.18'])).err).toBe('');
    expect(await run(['a.py', '--python-version', '3.15.0rc1'])).toEqual({
      code: 0,
      out: '__pycache__/a.cpython-315.pyc\n',
      err: 'pycache-spec: Python 3.15.0rc1 is treated like 3.15.0.\n',
    });
  });

  test('that a path is that of a bytecode file, once, and who has the way back', async () => {
    const cached = ['__pycache__/a.cpython-313.pyc', '/b/__pycache__/c.cpython-34.pyo'];
    const { code, out, err } = await run(['d.py', ...cached, '--cache-tag', 'T']);
    expect(err).toBe(
      'pycache-spec: path 2: this is the path of a bytecode file; for its source, use pycache-spec source\n',
    );
    expect(out).toContain('__pycache__/__pycache__/a.cpython-313.T.pyc\n');
    expect(code).toBe(0);
    const others = ['a.pyc', '__pycache__/a.py', 'x__pycache__/a.pyc', '__pycache__/a/b.pyc'];
    expect((await run(others)).err).toBe('');
    const windows = ['--platform', 'win32'];
    expect((await run([String.raw`a\__pycache__\b.T.pyc`, ...windows])).err).toContain(
      'use pycache-spec source',
    );
  });

  test('that a release knows no prefix', async () => {
    const { code, out, err } = await run(['a.py', '--python-version', '3.7.0', '--pycache-prefix', '/p']);
    expect(err).toBe('pycache-spec: Python 3.7.0 has no sys.pycache_prefix: --pycache-prefix is ignored.\n');
    expect(out).toBe('__pycache__/a.cpython-37.pyc\n');
    expect(code).toBe(0);
  });
});

describe('wrong usage', () => {
  test.each<readonly [string[], RegExp]>([
    [[], /^path takes a PATH, or - to read them from stdin$/],
    [['-', 'a.py', '-'], /^stdin can be read only once/],
    [
      ['a.py', '--python-version', '3.3'],
      /^Python 3\.3 is older than 3\.4\.0, the oldest release specified$/,
    ],
    [['a.py', '--python-version', '2.7.18'], /^Python 2\.7\.18 is older/],
    [['a.py', '--python-version', 'three'], /^'three' is not a Python version such as 3\.12\.1$/],
    [
      ['a.py', '--platform', 'linux'],
      /^'linux' is not a supported platform; the platforms are posix, win32$/,
    ],
    [['a.py', '--cache-tag', 'x', '--no-cache-tag'], /^--cache-tag and --no-cache-tag cannot be combined$/],
    [
      ['a.py', '--implementation', 'jython'],
      /^'jython' is not a known implementation; the implementations are cpython, /,
    ],
    [
      ['a.py', '--implementation', 'pypy', '--python-version', '3.10'],
      /^the tag of PyPy is known for Python 3\.7, 3\.9, 3\.11, not for 3\.10: /,
    ],
    [
      ['a.py', '--implementation', 'pypy', '--cache-tag', 'x'],
      /^--implementation determines the cache tag, /,
    ],
    [['a.py', '--implementation', 'pypy', '--no-cache-tag'], /^--implementation determines the cache tag, /],
    [['a.py', '--optimize', 'two'], /^--optimize takes a whole number from 0 /],
    [['a.py', '--debug-override', 'True'], /^--debug-override takes true or false, not 'True'$/],
    [['a.py', '--cwd', 'w'], /^--cwd takes an absolute path, not 'w'$/],
    [['a.py', '--cwd', 'C:w', '--platform', 'win32'], /^--cwd takes an absolute path, not 'C:w'$/],
    [
      ['a.py', '--optimization', '-1'],
      /^--optimization needs a value; write a value that begins with a dash as --optimization=-1$/,
    ],
    [['a.py', '--verbose'], /^path has no option '--verbose'/],
    [['a.py', '--pycache-prefix', '/p'], /depends on the working directory: give it with --cwd$/],
  ])('%j', async (args, message) => {
    const error: unknown = await path.run(args).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(message);
  });

  test('is said in a sentence, and exits with 2', async () => {
    expect(await run(['a.py', '--optimize', 'two'])).toEqual({
      code: 2,
      out: '',
      err: "pycache-spec: --optimize takes a whole number from 0 to 2147483647, not 'two'. (See pycache-spec path --help.)\n",
    });
  });

  test('at one of the paths says at which, and what came before it is printed', async () => {
    const { code, out, err } = await run(['-', '--pycache-prefix', '/p'], '/a/b.py\nc.py\n/d/e.py\n');
    expect(out).toBe('/p/a/b.cpython-315.pyc\n');
    expect(err).toMatch(/^pycache-spec: line 2: .* give it with --cwd\./);
    expect(code).toBe(2);
  });

  test('is a directory on stdin', async () => {
    const directory = openSync('.', 'r');
    const child = spawn(process.execPath, [program, 'path', '-'], { stdio: [directory, 'ignore', 'pipe'] });
    let err = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [code] = (await once(child, 'close')) as [number];
    closeSync(directory);
    expect(err).toMatch(/^pycache-spec: stdin is a directory\./);
    expect(code).toBe(2);
  });
});

describe('paths on stdin', () => {
  const tagged = (name: string): string => `__pycache__/${name}.cpython-315.pyc`;

  test.each<readonly [string, string[], string, string[]]>([
    ['end in a newline', [], 'a.py\nb.py\n', [tagged('a'), tagged('b')]],
    ['need none at the end', [], 'a.py\nb.py', [tagged('a'), tagged('b')]],
    [
      'may be empty',
      [],
      '\n\na.py\n',
      ['__pycache__/cpython-315.pyc', '__pycache__/cpython-315.pyc', tagged('a')],
    ],
    ['may be none', [], '', []],
    ['keep their other ends of lines', [], 'a\u2028b\f\r\n', ['__pycache__/a\u2028b\f\rcpython-315.pyc']],
    ['keep a byte order mark', [], '\ufeffa.py\n', [tagged('\ufeffa')]],
    [
      'end as on Windows for Windows, where a last one may not end',
      ['--platform', 'win32', '--optimization', 'x'],
      'a\r\n\r\nb\r\r\nc\r',
      ['a', '', 'b\r', 'c\r'].map((name) => `__pycache__\\${name}cpython-315.opt-x.pyc`),
    ],
  ])('%s', async (_, args, input, results) => {
    expect(await run(['-', ...args], input)).toEqual({
      code: 0,
      out: results.map((result) => `${result}\n`).join(''),
      err: '',
    });
  });

  test('stand among other paths', async () => {
    const { out } = await run(['a.py', '-', 'd.py'], 'b.py\nc.py\n');
    expect(out).toBe(['a', 'b', 'c', 'd'].map((name) => `${tagged(name)}\n`).join(''));
  });

  test.each(['-0', '--null'])('end in NUL with %s, and so do the results', async (option) => {
    const { code, out } = await run([option, '-', '--platform', 'win32'], 'a.py\0b\r\n.py\0\0c.py');
    expect(out).toBe(
      ['a.', 'b\r\n.', '', 'c.'].map((name) => `__pycache__\\${name}cpython-315.pyc\0`).join(''),
    );
    expect(code).toBe(0);
  });

  test.each([
    [[], '\n', 'line'],
    [['-0'], '\0', 'item'],
  ])('may be bad, which is said with the number: %j', async (args, end, noun) => {
    const input = ['/a/b.py', 'c.py', '/d/e.py', '', '/f/g.py'].map((one) => one + end).join('');
    expect(await run(['-', ...args, ...raising], input)).toEqual({
      code: 1,
      out: ['a/b', 'd/e', 'f/g'].map((one) => `/p/${one}.cpython-313.pyc${end}`).join(''),
      err: [2, 4]
        .map((number) => `pycache-spec: ${noun} ${number}: IndexError: string index out of range\n`)
        .join(''),
    });
  });

  test('keep their numbers however many they are', async () => {
    const input = Array.from({ length: 50_000 }, (_, i) => (i % 20_000 === 19_999 ? 'c.py\n' : '/a/b.py\n'));
    const { code, out, err } = await run(['-', ...raising], input.join(''));
    expect(err.match(/\d+(?=: IndexError)/g)).toEqual(['20000', '40000']);
    expect(out).toBe('/p/a/b.cpython-313.pyc\n'.repeat(49_998));
    expect(code).toBe(1);
  });

  test('that are not UTF-8 come out as the same bytes', async () => {
    const bad = '80 ff c3 c328 c0af e282 e28241 eda080 edb280 f0908d f4908080 f5808080';
    const good = 'e282ac f09f9880 ed9fbf ee8080 f48fbfbf c3a9ffc3a9 efbfbd';
    const names = `${bad} ${good}`.split(' ').map((hex) => Buffer.from(hex, 'hex'));
    const lines = (before: string, after: string): Buffer =>
      Buffer.concat(names.flatMap((name) => [Buffer.from(before), name, Buffer.from(after)]));
    const { code, out, err } = await runOnBytes(['-'], lines('d/', '.py\n'));
    expect(out.toString('hex')).toBe(lines('d/__pycache__/', '.cpython-315.pyc\n').toString('hex'));
    expect([code, err]).toEqual([0, '']);
  });

  test('200,000 of them take no time and no memory', async () => {
    const paths = Array.from({ length: 200_000 }, (_, i) => `${'directory/'.repeat(20)}${i}`);
    const begun = performance.now();
    const { code, out, err } = await runCommand(['path', '-'], {
      input: paths.map((one) => `${one}.py\n`).join(''),
      env: { NODE_OPTIONS: '--max-old-space-size=40' },
    });
    expect([code, err]).toEqual([0, '']);
    const results = out.split('\n');
    expect(results).toHaveLength(200_001);
    expect(results[123_456]).toBe(`${'directory/'.repeat(20)}__pycache__/123456.cpython-315.pyc`);
    expect(performance.now() - begun).toBeLessThan(40_000);
  });

  test('are read no further than the results are', async () => {
    const child = spawn(process.execPath, [program, 'path', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin.on('error', () => {});
    const chunk = 'a.py\n'.repeat(20_000);
    const most = 64 << 20;
    let taken = 0;
    const waiting = (): Promise<boolean> =>
      Promise.race([
        once(child.stdin, 'drain').then(() => true),
        new Promise<boolean>((resolve) => setTimeout(resolve, 3000, false)),
      ]);
    for (let goesOn = true; goesOn && taken < most; taken += chunk.length) {
      goesOn = child.stdin.write(chunk) || (await waiting());
    }
    expect(taken).toBeLessThan(8 << 20);
  });

  test('are left when nobody reads the results', async () => {
    const child = spawn(process.execPath, [program, 'path', '-']);
    onTestFinished(() => void child.kill('SIGKILL'));
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const closed = once(child, 'close');
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => child.stdout.destroy());
    // stdin stays open.
    while (child.exitCode === null) {
      child.stdin.write('a.py\n'.repeat(10_000));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect([...(await closed), err]).toEqual([0, null, '']);
  });
});

describe('with --json', () => {
  test('each path has a line, in ASCII', async () => {
    const { code, out, err } = await runOnBytes(
      ['-', '--json', ...raising],
      Buffer.from('/\xc3\xa9/b.py\nc.py\n/\xff/d.py\n', 'latin1'),
    );
    const surrogate = (text: string): Json => ({ str: [...text].map((one) => one.codePointAt(0)!) });
    expect(out.toString('latin1')).toMatch(/^[ -~\n]*$/);
    expect(
      out
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Json),
    ).toEqual([
      { path: '/é/b.py', result: '/p/é/b.cpython-313.pyc' },
      { path: 'c.py', error: { type: 'IndexError', message: 'string index out of range' } },
      { path: surrogate('/\udcff/d.py'), result: surrogate('/p/\udcff/d.cpython-313.pyc') },
    ]);
    expect([code, err]).toEqual([1, '']);
  });

  test('warnings stand with the result, and with the error', async () => {
    const args = ['a.py', '--json', '--python-version', '3.12.1', '--debug-override', 'true'];
    const warnings = [
      {
        category: 'DeprecationWarning',
        message: "the debug_override parameter is deprecated; use 'optimization' instead",
      },
    ];
    const good = await run(args);
    expect(JSON.parse(good.out)).toEqual({ path: 'a.py', result: '__pycache__/a.cpython-312.pyc', warnings });
    expect([good.code, good.err]).toEqual([0, '']);
    const bad = await run([...args, '--optimization', '']);
    expect(JSON.parse(bad.out)).toEqual({
      path: 'a.py',
      error: { type: 'TypeError', message: 'debug_override or optimization must be set to None' },
      warnings,
    });
    expect([bad.code, bad.err]).toEqual([1, '']);
  });

  test('paths that end in NUL have lines all the same', async () => {
    const { out } = await run(['-', '-0', '--json'], 'a\n.py\0b.py\0');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { path: string }).path),
    ).toEqual(['a\n.py', 'b.py']);
  });
});

describe('bytes', () => {
  test('are cut into paths wherever the chunks end', async () => {
    const bytes = Buffer.from('é/日.py\r\n\xff\r\r\n\n😀\r', 'utf8');
    const cut = async (size: number): Promise<Str[]> => {
      const chunks = async function* (): AsyncGenerator<Buffer> {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      };
      const paths: Str[] = [];
      for await (const batch of readPaths(chunks(), '\n', '\r')) paths.push(...batch);
      return paths;
    };
    for (let size = 1; size <= bytes.length; size++) {
      expect([size, (await cut(size)).map(({ units }) => units)]).toEqual([
        size,
        ['é/日.py', 'ÿ\r', '', '😀\r'],
      ]);
    }
  });

  test('of any kind come back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0xe2, 0x82, 0xac, 0xed, 0xa0, 0xf0))),
        (all) => {
          expect(Buffer.from(encode(decode(Buffer.from(all)).units))).toEqual(Buffer.from(all));
        },
      ),
    );
  });

  test('that are no UTF-8 are a surrogate each', () => {
    const decoded = decode(Buffer.from('41e282ffeda080f09f9880', 'hex'));
    expect(decoded.codePoints()).toEqual([0x41, 0xdce2, 0xdc82, 0xdcff, 0xdced, 0xdca0, 0xdc80, 0x1f600]);
  });

  test('of a surrogate that stands for none are three', () => {
    expect(Buffer.from(encode('a\ud800\udc7f😀\udfff')).toString('hex')).toBe('61f09081bff09f9880edbfbf');
    expect(Buffer.from(encode('\ud800')).toString('hex')).toBe('eda080');
  });
});

describe('path agrees with the reference', () => {
  /** Replaces what an argument of a command cannot contain. */
  const given = (text: Str): Str => str(text.units.replaceAll(/[\0\p{Cs}]/gu, 'x'));
  const targets = everyTarget().filter((_, i) => i % 4 === 1);

  test.each(
    targets.map((target): [string, Target] => [
      `${formatVersion(target.version)} ${target.platform}`,
      target,
    ]),
  )('of %s', async (_, target) => {
    const scope: Scope = { release: releaseOf(target.version), platform: target.platform, fixed: {} };
    const [drawn] = fc.sample(
      fc.record({
        tag: fc.option(anyText),
        optimize: fc.nat(3),
        prefix: fc.option(anyPrefix(scope)),
        cwd: workingDirectory(scope),
        optimization: fc.option(fc.constantFrom(str(''), str('x1'), str('_'), str('\u0663')), { freq: 2 }),
        paths: fc.array(wildPath(scope), { minLength: 20, maxLength: 40 }),
      }),
      { seed: target.version[1] * 100 + target.version[2], numRuns: 1 },
    );
    const { tag, optimize, prefix, cwd, optimization, paths } = drawn!;
    const state: State = {
      cacheTag: tag && given(tag),
      optimize: BigInt(optimize),
      pycachePrefix: prefix && given(prefix),
      cwd: given(cwd),
    };
    const args = [
      '-0',
      '-',
      `--python-version=${formatVersion(target.version)}`,
      `--platform=${target.platform}`,
      `--optimize=${optimize}`,
      `--cwd=${state.cwd!.units}`,
      state.cacheTag ? `--cache-tag=${state.cacheTag.units}` : '--no-cache-tag',
      ...(state.pycachePrefix ? [`--pycache-prefix=${state.pycachePrefix.units}`] : []),
      ...(optimization ? [`--optimization=${optimization.units}`] : []),
    ];
    // NUL ends a path here, and not every surrogate stands for a byte.
    const inputs = paths.map((one) => Buffer.from(encode(one.units.replaceAll('\0', ''))));
    const outcomes = inputs.map((bytes) => {
      const path = decode(bytes);
      const kwargs = optimization ? [['optimization', optimization] as const] : [];
      return { path, outcome: answer({ state, args: [path], kwargs }, target) };
    });
    const input = Buffer.concat(inputs.flatMap((bytes) => [bytes, Buffer.from('\0')]));

    const inText = await runOnBytes(args, input);
    const results = outcomes.flatMap(({ outcome }) =>
      outcome.kind === 'return' ? [outcome.value as Str] : [],
    );
    expect(inText.out.toString('latin1')).toBe(
      results.map(({ units }) => `${Buffer.from(encode(units)).toString('latin1')}\0`).join(''),
    );
    const errors = outcomes.flatMap(({ outcome }, i) =>
      outcome.kind === 'raise' ? [`item ${i + 1}: ${outcome.type}: ${outcome.message!.units}`] : [],
    );
    expect(inText.err.match(/item \d+: .*/g) ?? []).toEqual(errors);
    expect(inText.code).toBe(errors.length > 0 ? 1 : 0);

    const inJson = await runOnBytes([...args, '--json'], input);
    expect(
      inJson.out
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Json),
    ).toEqual(
      outcomes.map(({ path, outcome }) => ({
        path: encodeValue(path),
        ...(outcome.kind === 'return'
          ? { result: encodeValue(outcome.value) }
          : { error: { type: outcome.type, message: encodeValue(outcome.message!) } }),
      })),
    );
  });
});
