/* The manual page, generated from the table. */
import { counterexampleFolder } from '../conformance/defaults.ts';
import { packageVersion } from '../conformance/package.ts';
import { wrapped } from '../conformance/reports/layout.ts';
import { exitText, optionGroups, optionSays, usageOf } from './help.ts';
import { entries, exitOrder, global, help, type CommandName, type Entry, type Option } from './table.ts';
import { noPositionals, readOptions } from './usage.ts';

export const man = {
  run(args: readonly string[]): number {
    noPositionals(readOptions('man', args).positionals);
    process.stdout.write(manualPage());
    return 0;
  },
};

/** Escapes text for troff: a typed hyphen must not become a dash, and a line must not start with a dot or a quote. */
const plain = (text: string): string =>
  text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll('…', '...')
    .replaceAll("'", String.raw`\(aq`)
    .replaceAll('~', String.raw`\(ti`)
    .replaceAll('^', String.raw`\(ha`)
    .replaceAll('`', String.raw`\(ga`)
    .replace(/^\./, String.raw`\&.`);

/** Wraps text at a width that troff's tools recommend. */
const prose = (text: string): string[] => wrapped(text, '', 64).split('\n').map(plain);

/** A quoted argument of a macro, in which quotes are escaped. */
const argument = (text: string): string => `"${plain(text).replaceAll('"', String.raw`\(dq`)}"`;

const bold = (text: string): string => String.raw`\fB${plain(text)}\fR`;
const italic = (text: string): string => String.raw`\fI${plain(text)}\fR`;

const term = (name: string, { short, value }: Option): string =>
  [
    ...(short === undefined ? [] : [`${bold(`-${short}`)},`]),
    bold(`--${name}`),
    ...(value === undefined ? [] : [italic(value)]),
  ].join(' ');

const listed = (terms: ReadonlyArray<readonly [term: string, says: string]>): string[] =>
  terms.flatMap(([one, says]) => ['.TP', one, ...(says === '' ? [] : prose(says))]);

const optionsOf = (options: ReadonlyArray<readonly [string, Option]>): string[] =>
  listed(options.map(([name, option]) => [term(name, option), optionSays(option)]));

function sectionOf([name, { about, examples, options, exits }]: readonly [CommandName, Entry]): string[] {
  return [
    `.SS ${argument(name)}`,
    '.nf',
    bold(usageOf(name)),
    '.fi',
    '.PP',
    ...prose(about),
    ...optionGroups(options).flatMap(([title, own]) => ['.PP', `${plain(title)}:`, ...optionsOf(own)]),
    '.PP',
    'Examples:',
    ...listed(examples.map(([line, says]) => [bold(`pycache-spec ${line}`), says])),
    '.PP',
    ...prose(`Exit codes: ${exitText(exits)}.`),
  ];
}

/** The page of the command with all its subcommands. */
export function manualPage(): string {
  return `${[
    `.TH PYCACHE\\-SPEC 1 "" ${argument(`pycache-spec ${packageVersion()}`)} "User Commands"`,
    // Names and options must not be hyphenated.
    '.nh',
    '.SH NAME',
    String.raw`pycache\-spec \- checks the paths of Python bytecode files`,
    '.SH SYNOPSIS',
    String.raw`\fBpycache\-spec\fR \fICOMMAND\fR [\fIOPTION\fR]... [\fIARGUMENT\fR]...`,
    '.SH DESCRIPTION',
    ...prose(
      "Specifies Python's importlib.util.cache_from_source. For any implementation of it, says which rule it breaks, and shows the smallest input that breaks it.",
    ),
    '.SH OPTIONS',
    ...optionsOf(Object.entries<Option>(global)),
    '.PP',
    `Each command also accepts ${term('help', help)}.`,
    '.SH COMMANDS',
    ...entries.flatMap(sectionOf),
    '.SH EXIT STATUS',
    ...prose(`They are listed with each command. ${exitOrder}`),
    '.SH FILES',
    ...listed([[italic(counterexampleFolder), 'Where check saves counterexamples by default.']]),
  ].join('\n')}\n`;
}
