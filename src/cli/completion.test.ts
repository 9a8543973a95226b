import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readChapters } from '../conformance/chapters.ts';
import { entries, global, help, type Option } from './table.ts';
import { runCommand, runProgram } from './testing.ts';

const has = (shell: string, ...args: readonly string[]): boolean =>
  spawnSync(shell, [...args, '-c', 'exit 0']).status === 0;

const chapters = readChapters();
const rules = chapters.flatMap((chapter) => chapter.rules.map(({ id }) => id));
const names = entries.map(([name]) => name);
const forms = (options: Readonly<Record<string, Option>>): string[] =>
  Object.entries(options).flatMap(([name, { short }]) => [
    ...(short === undefined ? [] : [`-${short}`]),
    `--${name}`,
  ]);

/** Typed lines with an unfinished last word, and all their completions: every place in the table. */
const places: ReadonlyArray<readonly [line: string[], offered: readonly string[]]> = [
  [[''], names],
  [['-'], forms(global)],
  ...entries.map(([name, { options }]): [string[], string[]] => [[name, '-'], forms({ ...options, help })]),
  ...entries.flatMap(([name, { options }]) =>
    Object.entries<Option>(options).flatMap(([option, { offers }]): Array<[string[], readonly string[]]> => {
      const words =
        offers === 'rule'
          ? rules
          : offers === 'chapter'
            ? chapters.map((one) => one.name.replace(/^\d+-/, ''))
            : offers;
      return Array.isArray(words) ? [[[name, `--${option}`, ''], words as readonly string[]]] : [];
    }),
  ),
  ...entries.flatMap(([name, { offers }]): Array<[string[], readonly string[]]> => {
    const words = offers === 'rule' ? rules : offers;
    return Array.isArray(words) ? [[[name, ''], words as readonly string[]]] : [];
  }),
  [['rules', 'path-ro'], rules.filter((id) => id.startsWith('path-ro'))],
  [['check', '--level', 'd'], ['documented']],
  [['check', '--seed', ''], []],
  [['no-such-command', '-'], []],
];

let folder = '';
const scripts = new Map<string, string>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pycache-spec-'));
  writeFileSync(join(folder, 'a-file.json'), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out, err } = await runCommand(['completion', shell]);
    expect([code, err]).toEqual([0, '']);
    scripts.set(shell, join(folder, `completion.${shell}`));
    writeFileSync(scripts.get(shell)!, out);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const sorted = (words: readonly string[]): string[] => words.filter((word) => word !== '').toSorted();

describe.skipIf(!has('bash'))('in bash', () => {
  const complete = async (lines: ReadonlyArray<readonly string[]>): Promise<string[][]> => {
    const quoted = lines.map((words) => `t pycache-spec ${words.map((word) => `'${word}'`).join(' ')}`);
    const program = `source '${scripts.get('bash')}'
t() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _pycache_spec; printf '%s ' "\${COMPREPLY[@]}"; echo; }
${quoted.join('\n')}`;
    const { code, out, err } = await runProgram(['bash', '--norc', '-c', program], { cwd: folder });
    expect([code, err]).toEqual([0, '']);
    return out
      .split('\n')
      .slice(0, -1)
      .map((line) => line.trim().split(/ +/));
  };

  test('each place offers exactly what the table has', async () => {
    const offered = await complete(places.map(([line]) => line));
    places.forEach(([line, wanted], i) =>
      expect(sorted(offered[i]!), line.join(' ')).toEqual(sorted(wanted)),
    );
  });

  test('a value after = is completed, in the words that bash makes of it', async () => {
    expect(
      await complete([
        ['check', '--level', '='],
        ['check', '--level', '=', 'o'],
        ['check', '--report', 'ju'],
        ['check', '--report', 'junit', '=', 'a-f'],
      ]),
    ).toEqual([['documented', 'observed'], ['observed'], ['junit='], ['a-file.json']]);
  });

  test('files are completed where one is wanted, and a program after --', async () => {
    const [file, known, program, argument] = await complete([
      ['replay', 'a-f'],
      ['check', '--known-failures', 'a-f'],
      ['check', '--', 'bas'],
      ['check', '--', 'bash', 'a-f'],
    ]);
    expect([file, known, argument]).toEqual([['a-file.json'], ['a-file.json'], ['a-file.json']]);
    expect(program).toContain('bash');
  });

  test('the script completes the command of this name', async () => {
    const { out } = await runProgram([
      'bash',
      '--norc',
      '-c',
      `source '${scripts.get('bash')}'; complete -p pycache-spec`,
    ]);
    expect(out).toBe('complete -F _pycache_spec pycache-spec\n');
  });
});

describe.skipIf(!has('fish', '--no-config'))('in fish', () => {
  test('each place offers what the table has', { timeout: 240_000 }, async () => {
    const lines = places.map(([line]) => `complete -C 'pycache-spec ${line.join(' ')}'; echo ---`);
    const program = `source '${scripts.get('fish')}'\n${lines.join('\n')}`;
    const { code, out } = await runProgram(['fish', '--no-config', '-c', program], {
      cwd: folder,
      limit: 200_000,
      env: { HOME: folder },
    });
    expect(code).toBe(0);
    const offered = out.split('---\n').map((part) => part.split('\n').map((line) => line.split('\t')[0]!));
    places.forEach(([line, wanted], i) => {
      // Without completions of its own, it falls back to files.
      const of = offered[i]!.filter((word) => !/^(a-file\.json|completion\.)/.test(word));
      expect(sorted(of), line.join(' ')).toEqual(sorted(wanted));
    });
  });
});

describe.skipIf(!has('zsh', '-f'))('in zsh', () => {
  test(
    'the script is well formed, and offers commands, options, values and files',
    { timeout: 240_000 },
    async () => {
      const checked = await runProgram(['zsh', '-f', '-n', scripts.get('zsh')!]);
      expect([checked.code, checked.err]).toEqual([0, '']);
      /** What is typed, and the end of what is then offered. */
      const completed = new Map([
        ['check --level ', 'observed'],
        ['check --le', 'vel'],
        ['rules path-root-is', '-lost'],
        ['adapter pyo', 'dide'],
        ['replay a-fi', 'le.json'],
        ['expl', 'ain'],
      ]);
      // Completions are passed to compadd, with what they complete.
      const program = `zmodload zsh/zpty
zpty -b z zsh -f -i
show() { local x; while zpty -r -t z x; do print -r -- "$x"; done }
until_seen() { local x all= i; for ((i = 0; i < 200; i++)); do
  if zpty -r -t z x; then all+=$x; [[ $all == *$1* ]] && { print -r -- "$all"; return }; else sleep 0.05; fi
done; print -r -- "$all" }
zpty -w z "export TERM=vt100; PS1='> '; autoload -U compinit; compinit -u -D; LISTMAX=10000; stty cols 200 rows 1000; source '${scripts.get('zsh')}'; print rea''dy"
until_seen $'\\nready' > /dev/null
typed() { zpty -w -n z "pycache-spec $1"$'\\t'; print -r -- "== $1"; until_seen "$2"; sleep 0.2; show
  zpty -w -n z $'\\x15'; sleep 0.2; show > /dev/null }
${[...completed].map(([line, seen]) => `typed '${line}' '${seen}'`).join('\n')}`;
      const { out } = await runProgram(['zsh', '-f', '-c', program], {
        cwd: folder,
        limit: 200_000,
        env: { HOME: folder },
      });
      const parts = new Map(
        out
          .split('== ')
          .slice(1)
          .map((part) => [part.split('\n')[0]!, part]),
      );
      expect(parts.get('check --level ')).toMatch(/documented\s+(?:.*\s)?observed/);
      // The sign is in bold.
      expect(stripVTControlCharacters(parts.get('check --le')!)).toMatch(/level\W*=/);
      for (const [line, seen] of completed) expect(parts.get(line)).toContain(seen);
    },
  );
});
