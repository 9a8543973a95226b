import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCounterexample } from '../conformance/counterexample.ts';
import { packageRoot, packageVersion } from '../conformance/package.ts';
import { expectGone } from '../conformance/subjects/testing.ts';
import { check as checkCommand } from './check.ts';
import {
  adapter,
  faulty,
  program,
  quick,
  quickly,
  reference,
  runCommand,
  runProgram,
  wrong,
  type Ended,
} from './testing.ts';
import { UsageError } from './usage.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pycache-spec-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a check, with its counterexamples in a temporary folder. */
const check = (options: readonly string[], command: readonly string[]): Promise<Ended> =>
  runCommand([
    'check',
    ...(options.includes('--counterexamples') ? [] : ['--counterexamples', folder]),
    ...options,
    '--',
    ...command,
  ]);
const onPosix = test.skipIf(process.platform === 'win32');

describe('check', () => {
  test('of the reference says that it is conformant and exits with 0', async () => {
    const { code, out, err } = await check(['--runs', '2'], reference);
    expect(err).toBe('');
    expect(out).toContain('(Python 3.12.1, posix)');
    expect(out).toMatch(/^ {2}1 call +\d+ rules +[\d,]+ calls +pass$/m);
    expect(out).toMatch(/^conformant: \d+ rules checked, [\d,]+ calls in \d+\.\d s$/m);
    expect(code).toBe(0);
  });

  test.each<readonly [version: string, platform: string, has: RegExp, not: RegExp]>([
    ['3.4.0', 'posix', /^ {2}5 debug-override /m, /^ {2}9 windows /m],
    ['3.15.0', 'posix', /^ {2}8 pycache-prefix /m, /^ {2}(5 debug-override|9 windows) /m],
    ['3.9.4', 'win32', /^ {2}9 windows /m, /\bFAIL\b/],
    ['3.15.0', 'win32', /^ {2}9 windows /m, /^ {2}5 debug-override /m],
  ])('of the reference for %s on %s is conformant too', async (version, platform, has, not) => {
    const serve = [...reference.slice(0, 3), '--python-version', version, '--platform', platform];
    const { code, out, err } = await check(['--runs', '1'], serve);
    expect(err).toBe('');
    expect(out).toContain(`(Python ${version}, ${platform})`);
    expect(out).toMatch(has);
    expect(out).not.toMatch(not);
    expect(out).toMatch(/^conformant: /m);
    expect(code).toBe(0);
  });

  test('of a Python that is newer than the specification holds it to the newest that is specified', async () => {
    const { code, out } = await check(quick, faulty('none', { python: '3.99.0' }));
    expect(out).toContain('(Python 3.99.0, posix)');
    expect(out).toContain('Python 3.99.0 is newer than the newest release specified: it is held to 3.15.0.');
    expect(code).toBe(0);
  });

  test('holds it to the release that is asked for, and so does replay', async () => {
    const found = join(folder, 'held');
    const command = [...reference.slice(0, 3), '--python-version', '3.14.1'];
    const args = ['--rule', 'prefix-short-*', '--runs', '5', '--seed', '1', '--counterexamples', found];
    const held = await runCommand(['check', ...args, '--python-version', '3.14.0', '--', ...command]);
    expect(held.out).toContain('  It is held to 3.14.0, as asked; it claims 3.14.1.\n');
    expect(held.code).toBe(1);
    const claimed = await runCommand(['check', ...args, '--', ...command]);
    expect(claimed.code).toBe(0);
    const series = await runCommand(['check', ...args, '--python-version', '3.14', '--', ...command]);
    expect(series.code).toBe(0);
    const file = readdirSync(found).find((name) => name.endsWith('.json'));
    const again = await runCommand(['replay', join(found, file!), '--', ...command]);
    expect(again.out).toContain('It is held to 3.14.0, as asked; it claims 3.14.1.\n');
    expect(again.out).toMatch(/^It fails as it did/m);
    expect(again.code).toBe(1);
  });

  test('of an adapter that supports little says what is not checked, and exits with 0', async () => {
    const little = { supports: ['optimization', 'cache_tag'], fixed: { optimize: 0 } };
    const { code, out } = await check(['--runs', '2'], faulty('none', little));
    expect(out).toMatch(/^ {2}5 debug-override +\d+ rules +\d+ calls +not checked$/m);
    expect(out).toMatch(/rules are not checked: the subject does not support .*debug_override/);
    expect(out).toMatch(/^conformant: /m);
    expect(code).toBe(0);
  });

  test('draws another seed each time', async () => {
    const seeds = await Promise.all(
      [1, 2].map(async () => {
        const { out } = await check(['--runs', '1', '--rule', 'tag-none-raises'], reference);
        return /seed (\d+)$/m.exec(out)?.[1];
      }),
    );
    expect(seeds[0]).toMatch(/^\d+$/);
    expect(seeds[1]).not.toBe(seeds[0]);
  });

  test('of a part is about that part alone', async () => {
    const { code, out } = await check(['--rule', 'tag-*', '--level', 'documented', '--runs', '5'], reference);
    expect(out).toMatch(/^ {2}3 cache-tag /m);
    expect(out).not.toMatch(/^ {2}2 path /m);
    expect(code).toBe(0);
  });
});

describe('check of a faulty implementation', () => {
  /** The report's text about a fault, and the command that it gives. */
  const about = (out: string, rule: string): { told: string; again: string } => {
    const section = out.split('\n\n').find((one) => one.startsWith(`${rule}  `))!;
    const [, told, again] = /^([^]*)\n +again +(.*)$/.exec(section)!;
    return { told: told!, again: again! };
  };

  /** Runs the command from a report in this checkout. */
  const repeat = (again: string): Promise<Ended> =>
    runProgram(['sh', '-c', again.replace('npx pycache-spec', `'${process.execPath}' '${program}'`)]);

  onPosix('shows the rule and a call, and the command it gives finds the same call again', async () => {
    const { code, out } = await check(
      ['--runs', '20', '--seed', '5', '--chapter', 'path', '--counterexamples', join(folder, 'found')],
      faulty('first dot'),
    );
    expect(code).toBe(1);
    const { told, again } = about(out, 'path-last-dot-ends-the-name');
    const words = told.replaceAll(/\s+/g, ' ');
    expect(words).toMatch(/^path-last-dot-ends-the-name (documented|observed), spec\/2-path\.md/);
    expect(words).toMatch(/ call cache_from_source\('[a-z]\.[a-z.]*'\) # cache_tag=/);
    expect(words).toMatch(
      / expected .*'__pycache__\/.* got "it's cut\.pyc"( whatever the .*)? explains \d+ of \d+ failing calls$/,
    );
    expect(out).toMatch(/^not conformant: \d+ of \d+ rules broken/m);

    expect(again).toMatch(/^npx pycache-spec replay \S*\/found\/path-last-dot-ends-the-name-\w+\.json$/);
    const repeated = await repeat(again);
    expect(repeated.code).toBe(1);
    const [call] = /cache_from_source\('[^']*'\)/.exec(told)!;
    expect(repeated.out).toContain(call);
  });

  onPosix('saves what it found where nothing else is said, and keeps that from version control', async () => {
    const at = join(folder, 'usual');
    mkdirSync(at);
    const { code, out } = await runCommand(
      ['check', '--runs', '2', '--seed', '5', '--chapter', 'call', '--', ...faulty('other message')],
      { cwd: at },
    );
    expect(code).toBe(1);
    const { told, again } = about(out, 'call-path-is-required');
    expect(told).toContain('no path');
    const file = readdirSync(join(at, '.pycache-spec')).find((name) => name.endsWith('.json'));
    expect(file).toMatch(/^call-path-is-required-\w+\.json$/);
    expect(again).toContain(join('.pycache-spec', file!));
    expect(readFileSync(join(at, '.pycache-spec', '.gitignore'), 'utf8')).toBe('*\n');
    const saved = readCounterexample(readFileSync(join(at, '.pycache-spec', file!), 'utf8'));
    expect(saved).toMatchObject({ rule: 'call-path-is-required', suite: packageVersion(), seed: 5, runs: 2 });
  });

  onPosix('says so where what it found cannot be saved, and does not fail for that', async () => {
    const { code, err } = await check(
      [...quickly, '--counterexamples', join(packageRoot(), 'package.json', 'x')],
      wrong,
    );
    expect(err).toMatch(
      /counterexamples cannot be saved in '.*': what should be a folder on the way is a file\.\n/,
    );
    expect(code).toBe(1);
  });
});

test('of a fault that is about selected rules and others only the selected ones are told', async () => {
  const { code, out } = await check(
    [...quick, '--counterexamples', join(folder, 'unselected')],
    adapter('well'),
  );
  expect(out).toMatch(/^broken: tag-follows-the-name, tag-none-raises$/m);
  expect(out).toMatch(/^not conformant: 2 of 5 rules broken, /m);
  expect(code).toBe(1);
});

describe('check was not called as it should be:', () => {
  test.each<readonly [string, string[], RegExp]>([
    ['an unknown option', ['--fast'], /check has no option '--fast'/],
    ['an argument that belongs nowhere', ['python3'], /'python3' is unexpected/],
    [
      'a program that does not exist',
      ['--', 'no-such-program'],
      /cannot start 'no-such-program': there is no such program/,
    ],
    ['a Python that does not exist', ['--python', 'no-such-python'], /cannot start 'no-such-python'/],
    ['a program without a name', ['--', ''], /cannot start ''/],
    ['no program after --', ['--'], /there is no command after --/],
    [
      'a Python and a program',
      ['--python', 'python3', '--', 'x'],
      /--python cannot be combined with a command after --/,
    ],
    ['no number of runs', ['--runs'], /--runs/],
    ['no runs', ['--runs', '0'], /--runs takes a whole number from 1 to \d+, not '0'/],
    ['a fraction of a run', ['--runs', '1.5'], /--runs takes a whole number/],
    ['runs in words', ['--runs', 'many'], /--runs takes a whole number .*, not 'many'/],
    ['an empty number of runs', ['--runs', ''], /--runs takes a whole number/],
    ['a seed in words', ['--seed', 'x'], /--seed takes a whole number from 0 to 2147483647, not 'x'/],
    ['a seed that is too great', ['--seed', '2147483648'], /--seed takes a whole number/],
    ['a negative seed', ['--seed', '-1'], /--seed/],
    ['a negative seed that is not ambiguous', ['--seed=-1'], /--seed takes a whole number/],
    [
      'a release that is none',
      ['--python-version', 'new'],
      /--python-version takes a release of 3\.4, 3\.5, .*3\.14 or 3\.15, such as 3\.12\.1, not 'new'/,
    ],
    ['a release before all', ['--python-version', '3.3.7'], /takes a release of 3\.4, .*, not '3\.3\.7'/],
    ['a release after all', ['--python-version', '3.99'], /takes a release of 3\.4, .*, not '3\.99'/],
    ['an unknown level', ['--level', 'proven'], /--level takes documented or observed, not 'proven'/],
  ])('%s', async (_, args, message) => {
    const error: unknown = await checkCommand.run(args).then(
      (code) => code,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(message);
  });

  test.each([
    [['--fast']],
    [['--seed', '-1']],
    [['--', 'no-such-program']],
    [['--python', 'python3', '--', 'x']],
    [['--runs', '0']],
  ])('with %j the command says so in a sentence and exits with 2', async (args) => {
    const { code, out, err } = await runCommand(['check', ...args]);
    expect(err).toMatch(/^pycache-spec: [^.\n]+\. \(See pycache-spec check --help\.\)\n$/);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('check that selects nothing exits with 3 and says why:', () => {
  test.each<readonly [string, string[], string]>([
    ['no such rule', ['--rule', 'opt-nothing*'], "no rule's id matches 'opt-nothing*'"],
    [
      'no such chapter',
      ['--chapter', 'poetry'],
      "no chapter is named 'poetry'; the chapters are call, path, cache-tag, optimization, debug-override, path-like, order, pycache-prefix, windows, source-from-cache",
    ],
    [
      'no such rule in a chapter',
      ['--rule', 'tag-*', '--chapter', 'path'],
      "no rule's id matches 'tag-*' in a chapter named 'path'",
    ],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await check(args, reference);
    expect(err).toBe(`pycache-spec: nothing is selected: ${message}. (See pycache-spec rules.)\n`);
    expect(out).toBe('');
    expect(code).toBe(3);
  });

  test('a Python that is older than the specification', async () => {
    const { code, out } = await check(quick, adapter('well', { python: '3.3.7' }));
    expect(out).toMatch(
      /^incomplete: constant claims Python 3\.3\.7, and the oldest release specified is 3\.4\.0: nothing was checked; /m,
    );
    expect(code).toBe(3);
  });

  test('a rule of another platform', async () => {
    const { code, out } = await check(['--chapter', 'windows', '--runs', '1'], reference);
    expect(out).toMatch(/^incomplete: no rule could be checked; /m);
    expect(code).toBe(3);
  });

  test('a rule of a later release', async () => {
    const { code, out } = await check(
      ['--rule', 'opt-integer-past-the-digit-limit-raises'],
      adapter('well', { python: '3.6.0' }),
    );
    expect(out).toMatch(/^1 selected rule applies only to other releases, platforms or functions\.$/m);
    expect(out).toMatch(/^incomplete: no rule could be checked; /m);
    expect(code).toBe(3);
  });
});

describe('check of an adapter that fails exits with 4 and says how:', () => {
  test.each<readonly [string, readonly string[], RegExp]>([
    [
      'it does not speak',
      [process.execPath, '-e', ''],
      /The adapter ended with exit code 0 before it received bye\./,
    ],
    [
      'it repeats what it hears',
      [process.execPath, '-e', 'process.stdin.pipe(process.stdout)'],
      /The adapter broke the protocol/,
    ],
    [
      'it cannot start',
      adapter('exits at hello'),
      /the adapter failed: The program sent no hello: .* The adapter ended with exit code 3 .*\n.*\n?(.*\n)*adapter \| no such module\nadapter \| last words\n/,
    ],
    ['it speaks another protocol', adapter('well', { protocol: 2 }), /it speaks protocol 2 instead of 1/],
    ['it exits midway', adapter('exits midway'), /the adapter failed: The adapter ended with exit code 7/],
    [
      'it fails at a call',
      adapter('error'),
      /^ {4}The adapter failed on cache_from_source\(.*\): no memory\.(.*\n)*the adapter failed: it reported an error/m,
    ],
    [
      'it contradicts itself',
      adapter('unsupported'),
      /it supports optimization, but its answer to cache_from_source\(.*\) says that it does not/,
    ],
    [
      'it fails after bye',
      adapter('fails at bye'),
      /After bye, the adapter ended with exit code 5 instead of 0\./,
    ],
  ])('%s', async (_, command, message) => {
    const { code, out, err } = await check(quick, command);
    expect(out + err).toMatch(message);
    expect(out).not.toMatch(/^(not )?conformant/m);
    expect(code).toBe(4);
  });
});

onPosix('check of an adapter that fails ends what the adapter started too', async () => {
  const { code, out, err } = await check(quick, [
    'sh',
    '-c',
    '"$0" "$@"; exit $?',
    ...adapter('wrong seq, and stays'),
  ]);
  const [pid, ...again] = [...err.matchAll(/pid (\d+)$/gm)].map(([, digits]) => Number(digits));
  expect(again.length).toBeGreaterThan(0);
  await expectGone([pid!, ...again]);
  expect(out).toMatch(/it answered message 7 instead of 1(.*\n)*the adapter failed: it broke the protocol/);
  expect(code).toBe(4);
});

describe('what check prints', () => {
  const escape = '\u001b';

  test('has no escape codes where it is no terminal, with NO_COLOR or without', async () => {
    for (const env of [{}, { NO_COLOR: '1', TERM: 'xterm' }]) {
      const { out, err } = await runCommand(['check', ...quickly, '--', ...wrong], { env });
      expect(out).toContain('not conformant');
      expect(out + err).not.toContain(escape);
    }
  });

  onPosix('is colored on a terminal, unless NO_COLOR is set', async ({ skip }) => {
    const onTerminal = async (env: NodeJS.ProcessEnv): Promise<string> => {
      const line = [process.execPath, program, 'check', ...quickly, '--', ...wrong];
      const quoted = line.map((word) => `'${word}'`).join(' ');
      const { out } = await runProgram(['script', '-qec', quoted, '/dev/null'], {
        env: { NO_COLOR: '', TERM: 'xterm', ...env },
      }).catch(() => ({ out: '' }));
      if (!out.includes('not conformant')) skip('there is no script(1) to make a terminal');
      return out;
    };
    expect(await onTerminal({})).toContain(`${escape}[31m`);
    expect(await onTerminal({ NO_COLOR: '1' })).not.toContain(`${escape}[3`);
  });

  test("has all the lines of the adapter's stderr, marked as such", async () => {
    const { code, out, err } = await check(quick, faulty('talkative'));
    const lines = err.split('\n');
    expect(lines.filter((line) => !line.startsWith('adapter | '))).toEqual(['']);
    const [, calls] = /^conformant: .*, ([\d,]+) calls in /m.exec(out)!;
    expect(lines.length - 1).toBe(Number(calls!.replaceAll(',', '')));
    expect(code).toBe(0);
  });

  onPosix.each([
    ['stdout', ''],
    ['stderr', '2>&1'],
  ])('may be read no further than its first line: %s', async (_, merged) => {
    const words = [process.execPath, program, 'check', ...quick, '--', ...faulty('talkative')];
    const line = words.map((word) => `'${word}'`).join(' ');
    const { out, err } = await runProgram([
      'sh',
      '-c',
      `{ { ${line} ${merged}; } 3>&-; echo "exit code $?" >&3; } 3>&2 | head -1`,
    ]);
    expect(out.split('\n')).toHaveLength(2);
    expect(err.replaceAll(/^adapter \| .*\n/gm, '')).toBe('exit code 0\n');
  });
});

describe('without a subject', () => {
  test('and without a Python on the PATH the reference is checked, and that is said', async () => {
    const { code, out, err } = await runCommand(['check', ...quick], {
      env: { PATH: join(packageRoot(), 'spec') },
    });
    expect(err).toBe('pycache-spec: no Python is on the PATH, so the reference itself is checked.\n');
    expect(out).toMatch(/^pycache-spec \S+ \(Python /);
    expect(out).toMatch(/^conformant: /m);
    expect(code).toBe(0);
  });

  onPosix('the first of python3 and python on the PATH is checked', async () => {
    const bin = join(packageRoot(), 'src', 'cli', 'nowhere');
    const { err } = await runCommand(['check', ...quick, '--python', join(bin, 'python3')], {
      env: { PATH: bin },
    });
    expect(err).toMatch(/cannot start '.*python3': there is no such program/);
  });
});

test('the version is that of the package', async () => {
  const { code, out } = await runCommand(['--version']);
  expect(out).toBe(`${packageVersion()}\n`);
  expect(code).toBe(0);
});
