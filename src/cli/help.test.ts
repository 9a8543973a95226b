import { describe, expect, test } from 'vitest';
import { readChapters } from '../conformance/chapters.ts';
import { formatNames } from '../conformance/reports/formats.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { platforms } from '../python/interpreter.ts';
import { commandHelp, generalHelp, optionUsage } from './help.ts';
import { commands, entries, help, type Option } from './table.ts';
import { runCommand } from './testing.ts';
import { parseOptions, readOptions, UsageError } from './usage.ts';

const named = entries.map(([name]) => name);

describe.each(named)('the help of %s', (name) => {
  const text = commandHelp(name);

  test('is what the command prints, under 40 lines of under 80 columns', async () => {
    const { code, out, err } = await runCommand([name, '--help']);
    expect(out).toBe(`${text}\n`);
    expect([err, code]).toEqual(['', 0]);
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(40);
    for (const line of lines) expect(line.length, line).toBeLessThan(80);
  });

  test('has what it is for, three examples, and the options under headings', () => {
    const { about, examples, options } = commands[name];
    expect(text.replaceAll(/\s+/g, ' ')).toContain(about);
    expect(examples).toHaveLength(3);
    for (const [line] of examples) expect(text).toContain(`\n  pycache-spec ${line}`);
    for (const { group } of Object.values<Option>(options)) expect(text).toContain(`\n\n${group}:\n`);
  });

  test('has the options that the parser takes, and no others', () => {
    const forms = [...text.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, option]) => option!);
    expect(forms.toSorted()).toEqual([...Object.keys(commands[name].options), 'help'].toSorted());
    for (const [option, its] of Object.entries<Option>(commands[name].options)) {
      expect(text).toContain(`  ${optionUsage(option, its)} `);
      const given = its.type === 'boolean' ? [`--${option}`] : [`--${option}`, 'x'];
      expect(readOptions(name, given).values).toMatchObject({
        [option]: its.type === 'boolean' ? true : its.multiple === true ? ['x'] : 'x',
      });
      const short = its.short === undefined ? given : [`-${its.short}`, ...given.slice(1)];
      expect(readOptions(name, short).values).toHaveProperty(option);
    }
  });

  test('has examples that the parser takes', () => {
    for (const [line] of commands[name].examples) {
      const [command, ...words] = line.replace(/ (?:[<>|]|>>) .*$/, '').match(/'[^']*'|\S+/g)!;
      const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
      expect(named).toContain(command);
      expect(() => readOptions(command as typeof name, own), line).not.toThrow();
    }
  });

  test('is that of the options which the command itself reads', async () => {
    const { code, err } = await runCommand([name, '--no-such-thing-at-all']);
    expect(err).toContain(`pycache-spec: ${name} has no option '--no-such-thing-at-all'`);
    expect(code).toBe(2);
  });
});

describe('the help of all', () => {
  test('is under 40 lines of under 80 columns, with a line for each command, and where to begin', () => {
    const lines = generalHelp().split('\n');
    expect(lines.length).toBeLessThan(40);
    for (const line of lines) expect(line.length, line).toBeLessThan(80);
    for (const [name, { says }] of entries)
      expect(lines.filter((line) => line.trim().replace(/ +/, ' ') === `${name} ${says}`)).toHaveLength(1);
    expect(lines).toContain('Start with one of these:');
  });

  test('of a command that is named is its own', async () => {
    expect((await runCommand(['help', 'path'])).out).toBe(`${commandHelp('path')}\n`);
    const { code, err } = await runCommand(['help', 'pth']);
    expect(err).toMatch(/^pycache-spec: 'pth' is not a command; did you mean path\? /);
    expect(code).toBe(2);
  });
});

describe('the table says the same as', () => {
  test('what reads the values', () => {
    expect(commands.path.options.platform.offers).toEqual([...platforms]);
    expect(commands.check.options.report.offers).toEqual(formatNames().map((name) => `${name}=`));
  });

  test('the exit codes', () => {
    expect(commands.check.exits.map(([code]) => code)).toEqual(
      Object.values(exitCodes).toSorted((a, b) => a - b),
    );
  });

  test('the chapters, in its example of one', () => {
    expect(readChapters().map(({ name }) => name)).toContain('2-path');
    expect(commands.check.options.chapter.says).toContain('2, path or 2-path');
  });
});

describe('options that are not as they should be:', () => {
  const options = {
    runs: { type: 'string', default: '1' },
    report: { type: 'string', multiple: true },
    json: { type: 'boolean', short: 'j', default: false },
  } as const;

  test.each<readonly [string[], string]>([
    [['--rnus', '1'], "x has no option '--rnus'; did you mean --runs?"],
    [['--reports', '1'], "x has no option '--reports'; did you mean --report?"],
    [['--hepl'], "x has no option '--hepl'; did you mean --help?"],
    [['--verbose'], "x has no option '--verbose'"],
    [['-v'], "x has no option '-v'"],
    [['--constructor'], "x has no option '--constructor'"],
    [['--runs'], '--runs needs a value'],
    [['--runs', '--json'], '--runs needs a value; write a value that begins with a dash as --runs=-1'],
    [['--json=yes'], "--json takes no value, but was given 'yes'"],
    [['--runs', '1', '--runs=1'], '--runs is given twice, but takes only one value'],
  ])('%j', (args, message) => {
    expect(() => parseOptions('x', args, options)).toThrow(UsageError);
    expect(() => parseOptions('x', args, options)).toThrow(new UsageError(message));
  });

  test('what may be repeated is, and what means the same twice', () => {
    const { values } = parseOptions(
      'x',
      ['--report', 'a', '--report=b', '-j', '--json', '--runs=-1'],
      options,
    );
    expect({ ...values }).toEqual({ runs: '-1', report: ['a', 'b'], json: true });
  });

  test.each(
    entries.flatMap(([name, entry]) =>
      Object.entries<Option>({ ...entry.options, help }).map(([option, its]) => [name, option, its] as const),
    ),
  )('%s --%s twice', (name, option, { type, multiple }) => {
    if (option === 'help' || type === 'boolean' || multiple === true) return;
    expect(() => readOptions(name, [`--${option}=1`, `--${option}=2`])).toThrow(/is given twice/);
  });
});
