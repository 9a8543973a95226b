/* Every error is described in one sentence, and the exit code gives its kind. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../conformance/package.ts';
import { faulty, program, reference, runCommand, type Ended } from './testing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pycache-spec-'));
  mkdirSync(join(folder, 'directory'));
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  const files: Readonly<Record<string, readonly [text: string, mode?: number]>> = {
    'not-executable.py': ['print(1)\n'],
    'no-interpreter': ['#!/no/such/interpreter\n', 0o755],
    'says-something': ['#!/bin/sh\necho Hello\n', 0o755],
    'says-nothing': ['#!/bin/sh\n', 0o755],
    'node_modules/.bin/of-a-package': ['#!/bin/sh\n', 0o755],
    'notes.md': ['# Notes\n\nNo list at all.\nOf\nany\nknown\nfailure\nis\nthis.\n'],
    'broken.json': ['{'],
    'empty.jsonl': [''],
  };
  for (const [name, [text, mode]] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    if (mode !== undefined) chmodSync(join(folder, name), mode);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Matches what no error message contains: error codes of the system, names of functions, stack traces. */
const raw = /\b(E[A-Z]{3,}|ERR_\w+|errno|syscall|spawn|    at )\b|Error:/;
const onWindows = process.platform === 'win32';

type Row = readonly [args: string[], code: number, ...says: string[]];
const each = (rows: readonly Row[]): Array<{ name: string; args: string[]; code: number; says: string[] }> =>
  rows.map(([args, code, ...says]) => ({ name: args.join(' ').slice(0, 60), args, code, says }));
const expectRow = ({ code, out, err }: Ended, wanted: number, says: readonly string[]): void => {
  const all = out + err;
  for (const text of says) {
    expect(all).toContain(text);
    expect(all.split(text), `once: ${text}`).toHaveLength(2);
  }
  expect(code).toBe(wanted);
  const own = all.replaceAll(/^adapter \| .*$/gm, '');
  expect(own).not.toMatch(raw);
};

describe('wrong usage exits with 2, in one line on stderr:', () => {
  const rows: readonly Row[] = [
    [['chek'], 2, "'chek' is not a command; did you mean check?"],
    [['sing'], 2, "'sing' is not a command; the commands are check, replay, "],
    [['--verison'], 2, "'--verison' is not a command; did you mean --version?"],
    [['check', '--chaptr', 'path'], 2, "check has no option '--chaptr'; did you mean --chapter?"],
    [['check', '--seed', '1', '--seed', '2'], 2, '--seed is given twice, but takes only one value'],
    [['check', '--level', 'documentd'], 2, "--level takes documented or observed, not 'documentd'"],
    [['check', '--shard', '5/4'], 2, '--shard takes a whole number from 1 to 4'],
    [['check', '--timeout', 'long'], 2, "--timeout takes seconds from 0.01 to 100000, not 'long'"],
    [['check', '--report', 'junit'], 2, "--report takes FORMAT=FILE, such as junit=report.xml, not 'junit'"],
    [['check', '--report', 'html=x'], 2, "there is no format 'html'; the formats are badge, json"],
    [['check', '--report', 'json=directory'], 2, "the report 'directory' cannot be written: it is a folder"],
    [['check', '--domain', '{'], 2, '--domain is not JSON'],
    [['check', '--domain', 'nowhere'], 2, "'nowhere' cannot be read: there is no such file"],
    [['check', '--domain', 'directory'], 2, "'directory' cannot be read: it is a folder"],
    [['check', '--update-known-failures'], 2, '--update-known-failures needs --known-failures FILE'],
    [
      ['check', '--known-failures', 'nowhere'],
      2,
      "'nowhere' cannot be read: there is no such file (--update-known-failures would create it)",
    ],
    [['check', '--known-failures', 'directory'], 2, "'directory' cannot be read: it is a folder"],
    [
      ['check', '--known-failures', 'notes.md'],
      2,
      "'notes.md' is not a list of known failures: line 3 and 6 others belong to no entry",
    ],
    [['check', '--', 'no-such-program'], 2, "cannot start 'no-such-program': there is no such program"],
    [['check', '--python', 'no-such-python'], 2, "cannot start 'no-such-python': there is no such program"],
    [
      ['check', '--', 'python3'],
      2,
      'python3 alone reads a program from stdin and is not an adapter; to check its function, use --python python3',
    ],
    [['check', '--'], 2, 'there is no command after --'],
    [['doctor', 'adapter'], 2, "'adapter' is unexpected"],
    [['replay'], 2, 'replay takes a counterexample'],
    [['replay', 'nowhere.json'], 2, 'nowhere.json cannot be read: there is no such file'],
    [['replay', 'broken.json'], 2, 'broken.json is not a counterexample'],
    [['diff', 'empty.jsonl'], 2, 'diff takes two reports'],
    [['diff', 'empty.jsonl', 'nowhere'], 2, 'empty.jsonl: it is empty'],
    [['merge'], 2, 'merge takes the reports of the shards'],
    [['merge', 'notes.md'], 2, 'notes.md: it is not a report of a run'],
    [
      ['rules', 'path-rot-is-lost'],
      2,
      "there is no rule 'path-rot-is-lost'; did you mean path-root-is-lost?",
    ],
    [['path'], 2, 'path takes a PATH'],
    [['path', '-x.py'], 2, "path has no option '-x'; a PATH that begins with a dash must follow --"],
    [
      ['path', 'a.py', '--platform', 'vms'],
      2,
      "'vms' is not a supported platform; the platforms are posix, win32",
    ],
    [['path', 'a.py', '--python-version', '2.7'], 2, 'Python 2.7 is older than 3.4.0'],
    [['path', 'a.py', '--python-version', '3.13rc1'], 2, "'3.13rc1' is not a Python version such as 3.12.1"],
    [
      ['path', 'a.py', '--python-version', '3.15.0b1'],
      2,
      'Python 3.15.0b1 is an alpha or a beta, and those are not specified: the releases are those of 3.4, 3.5, ',
    ],
    [['explain', 'a.py', 'b.py'], 2, "'b.py' is unexpected"],
    [
      ['files', 'a.py', '--like', 'python3.13', '--pycache-prefix', '/p'],
      2,
      '--like sets the state: --pycache-prefix cannot be combined with it',
    ],
    [['serve', '--platform'], 2, '--platform needs a value'],
    [['adapter', 'pythn'], 2, "there is no adapter named 'pythn'; the adapters are: "],
    [['completion'], 2, 'completion takes the name of a shell: bash, zsh, fish'],
    [['completion', 'fsih'], 2, "there is no completion for 'fsih'; did you mean fish?"],
    [['completion', 'tcsh'], 2, "there is no completion for 'tcsh'; the shells are bash, zsh, fish"],
    [['man', 'check'], 2, "'check' is unexpected"],
  ];
  test.each(each(rows))('$name', async ({ args, code, says }) => {
    const ended = await runCommand(args, { cwd: folder });
    expectRow(ended, code, says);
    expect(ended.out).toBe('');
    expect(ended.err).toMatch(/^pycache-spec: .*[.?] \(See pycache-spec ([a-z]+ )?--help\.\)\n$/);
  });
});

describe.skipIf(onWindows)('a program that is none exits with 2, and is told what it is:', () => {
  const rows: readonly Row[] = [
    [['./directory'], 2, "cannot start './directory': it is a directory"],
    [['directory'], 2, "'directory': there is no such program; in this directory, that name is a directory"],
    [
      ['./not-executable.py'],
      2,
      'the file is not executable: write python3 ./not-executable.py, or change its permissions',
    ],
    [
      ['not-executable.py'],
      2,
      'there is no such program on the PATH; to run the file in this directory, write python3 ./not-executable.py',
    ],
    [['./no-interpreter'], 2, "its first line names '/no/such/interpreter', which does not exist"],
    [['./notes.md/x'], 2, "'./notes.md' is not a directory"],
    [['of-a-package'], 2, 'it is not on the PATH, but it is in node_modules: run it as npx of-a-package'],
  ];
  test.each(each(rows))('$name', async ({ args: command, code, says }) => {
    expectRow(await runCommand(['check', '--', ...command], { cwd: folder }), code, says);
  });
});

describe.skipIf(onWindows)('what starts and is no adapter exits with 4, and is told once what it is:', () => {
  const rows: readonly Row[] = [
    [
      ['--', './says-something'],
      4,
      'The program sent no hello',
      'a line that is not JSON: "Hello"',
      '0 calls were answered.',
    ],
    [['--', './says-nothing'], 4, 'The program sent no hello', 'The adapter ended with exit code 0'],
    [
      ['--python', './says-something'],
      4,
      "'./says-something' is not a Python: it did not print its version when asked.",
    ],
    [
      ['--', process.execPath, join(packageRoot(), 'src', 'adapters', 'pyodide.mjs'), 'no-such-package'],
      4,
      'The program sent no hello',
      "there is no Pyodide in the package 'no-such-package' here",
    ],
  ];
  test.each(each(rows))('$name', async ({ args, code, says }) => {
    expectRow(await runCommand(['check', ...args], { cwd: folder }), code, says);
  });

  const versions = join(homedir(), '.pyenv', 'versions');
  const python2 = (existsSync(versions) ? readdirSync(versions) : [])
    .filter((name) => name.startsWith('2.7'))
    .map((name) => join(versions, name, 'bin', 'python2.7'))
    .find((file) => existsSync(file));
  test.skipIf(python2 === undefined)('Python 2', async () => {
    const ended = await runCommand(['check', '--python', python2!]);
    expectRow(ended, 4, [`'${python2}' is Python 2.7.`]);
    expect(ended.out).toContain('and the oldest release specified is 3.4.0.');
    const examined = await runCommand(['doctor', '--python', python2!]);
    expect(examined.err).toMatch(
      /^pycache-spec: '.*' is Python 2\.7\.\d+, and the oldest release specified is 3\.4\.0\.\n$/,
    );
    expect(examined.code).toBe(4);
  });
});

test.skipIf(onWindows)('that no hello comes is told while it does not', async () => {
  const mute = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
  const { code, out, err } = await runCommand(['check', '--timeout', '0.1', '--', ...mute]);
  expect(err).toBe('pycache-spec: no hello yet; it may take 1.2 s.\n');
  expect(out).toMatch(/^the adapter failed: The program sent no hello: .* did not answer within 1\.2 s\./);
  expect(code).toBe(4);
});

describe('a selection of nothing exits with 3:', () => {
  const rows: readonly Row[] = [
    [['--chapter', 'pth'], 3, "no chapter is named 'pth'; did you mean path? (See pycache-spec rules.)"],
    [['--chapter', '12'], 3, "no chapter is named '12'; the chapters are call, path, cache-tag, "],
    [
      ['--rule', 'path-rot-is-lost'],
      3,
      "no rule's id matches 'path-rot-is-lost'; did you mean path-root-is-lost?",
    ],
    [['--rule', 'tag-*', '--chapter', '2'], 3, "no rule's id matches 'tag-*' in a chapter named '2'."],
  ];
  test.each(each(rows))('$name', async ({ args, code, says }) => {
    expectRow(await runCommand(['check', ...args, '--', ...reference]), code, says);
  });
});

test('a chapter is the same by its number, its name, and both', async () => {
  const checked = await Promise.all(
    ['3', 'cache-tag', '3-cache-tag'].map(async (chapter) => {
      const { code, out } = await runCommand([
        'check',
        '--runs',
        '1',
        '--seed',
        '1',
        '--chapter',
        chapter,
        '--',
        ...reference,
      ]);
      expect(code).toBe(0);
      return out.replace(/in [\d.]+ s/, '');
    }),
  );
  expect(new Set(checked).size).toBe(1);
  expect(checked[0]).toMatch(/^ {2}3 cache-tag +5 rules/m);
});

describe('the numbers of a summary add up', () => {
  const number = (text: string | undefined): number => Number(text!.replaceAll(',', ''));

  test.each([
    ['where all is well', reference, 0],
    ['where something fails', faulty('first dot'), 1],
  ])('%s', async (_, command, wanted) => {
    const { code, out } = await runCommand([
      'check',
      '--runs',
      '2',
      '--seed',
      '1',
      '--counterexamples',
      join(folder, 'found'),
      '--',
      ...command,
    ]);
    expect(code).toBe(wanted);
    const rows = [
      ...out.matchAll(
        /^ {2}(?:\d+ .+?|\d+ other chapters|asked again) +(?:([\d,]+) rules? +)?([\d,]+) calls?\b/gm,
      ),
    ];
    const sum = (at: 1 | 2): number =>
      rows.reduce((all, row) => all + (row[at] === undefined ? 0 : number(row[at])), 0);
    expect(sum(1)).toBe(number(/: ([\d,]+) rules of .+, \d+ runs? per property/.exec(out)?.[1]));
    expect(sum(2)).toBe(number(/ ([\d,]+) calls in [\d.]+ s$/m.exec(out)?.[1]));
    const broken = [...out.matchAll(/FAIL, (\d+) rules? broken/g)].reduce(
      (all, [, one]) => all + number(one),
      0,
    );
    expect(broken).toBe(Number(/^not conformant: (\d+) of/m.exec(out)?.[1] ?? 0));
  });
});

describe.skipIf(onWindows)('on a terminal', () => {
  /** Runs on a terminal. The result is what a user would have seen. */
  const onTerminal = async (words: readonly string[]): Promise<Ended | undefined> => {
    const line = [process.execPath, program, ...words].map((word) => `'${word}'`).join(' ');
    const { runProgram } = await import('./testing.ts');
    return runProgram(['script', '-qec', line, '/dev/null'], {
      cwd: folder,
      env: { NO_COLOR: '1', TERM: 'xterm' },
    }).catch(() => undefined);
  };

  test('a call that fails is shown before the run is at its end, with how far it is', async ({ skip }) => {
    const ended = await onTerminal(['check', '--runs', '40', '--seed', '1', '--', ...faulty('first dot')]);
    if (!ended?.out.includes('conformant')) skip('there is no script(1) to make a terminal');
    const text = ended!.out.replaceAll('\r\n', '\n');
    const at = text.indexOf('  a call fails\n    call      cache_from_source(');
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(text.indexOf('FAIL, '));
    expect(text).toMatch(/[\d,]+ of about [\d,]+ calls, \d+ (s|min) left/);
    expect(text).toMatch(/analysing [\d,]+ failing calls/);
  });

  test('a rule is shown without the marks of Markdown', async ({ skip }) => {
    const ended = await onTerminal(['rules', 'path-root-is-lost']);
    if (!ended?.out.includes('path-root-is-lost')) skip('there is no script(1) to make a terminal');
    expect(ended!.out).not.toMatch(/\*\*|^```|^#/m);
  });
});
