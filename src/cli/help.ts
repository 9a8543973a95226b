/* The help, generated from the table. */
import { packageVersion } from '../conformance/package.ts';
import { wrapped } from '../conformance/reports/layout.ts';
import {
  commands,
  entries,
  exitOrder,
  global,
  help,
  type CommandName,
  type Entry,
  type Option,
} from './table.ts';

/** In columns. The help fits the narrowest usual terminal. */
const width = 79;

/** An option as in `-0, --null` or `--runs N`. */
export const optionUsage = (name: string, { short, value }: Option): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;

/** What an option does, and its default. */
export const optionSays = ({ says, default: usual }: Option): string =>
  typeof usual === 'string' ? `${says} (default ${usual})` : says;

/** The options by heading, in the order of the table. */
export function optionGroups(
  options: Entry['options'],
): Array<readonly [string, Array<readonly [string, Option]>]> {
  const named = Object.entries(options);
  return [...new Set(named.map(([, { group }]) => group))].map((title) => [
    title,
    named.filter(([, { group }]) => group === title),
  ]);
}

export const usageOf = (name: CommandName): string => {
  const { takes, options }: Entry = commands[name];
  const some = Object.keys(options).length > 0 ? ' [OPTION…]' : '';
  return `pycache-spec ${name}${some}${takes === '' ? '' : ` ${takes}`}`;
};

export const exitText = (exits: Entry['exits']): string =>
  exits.map(([code, means]) => `${code} ${means}`).join(', ');

/** Terms, with their descriptions in a second column. */
function columns(rows: ReadonlyArray<readonly [term: string, says: string]>, widest: number): string[] {
  return rows.map(([term, says]) => (says === '' ? `  ${term}` : `  ${term.padEnd(widest)}  ${says}`));
}

const widestOf = (terms: readonly string[]): number => Math.max(...terms.map(({ length }) => length));

/** The help of one command: its purpose, examples and options. */
export function commandHelp(name: CommandName): string {
  const { about, examples, options, exits }: Entry = commands[name];
  const groups = [...optionGroups(options), ['', [['help', help]]] as const];
  const terms = groups.flatMap(([, own]) => own.map(([option, its]) => optionUsage(option, its)));
  const lines = examples.map(([line, says]) => [`pycache-spec ${line}`, says] as const);
  return [
    usageOf(name),
    '',
    wrapped(about, '', width),
    '',
    ...columns(lines, widestOf(lines.map(([line]) => line))),
    ...groups.flatMap(([title, own]) => [
      ...(title === '' ? [''] : ['', `${title}:`]),
      ...columns(
        own.map(([option, its]) => [optionUsage(option, its), optionSays(its)]),
        widestOf(terms),
      ),
    ]),
    '',
    wrapped(`Exit codes: ${exitText(exits)}.`, '', width),
  ].join('\n');
}

/** The general help: one line per command, and where to start. */
export function generalHelp(): string {
  const groups = [...new Set(entries.map(([, { group }]) => group))];
  const widest = widestOf(entries.map(([name]) => name));
  const globals = Object.entries<Option>(global).map(
    ([name, option]) => [optionUsage(name, option), option.says] as const,
  );
  return [
    `pycache-spec ${packageVersion()}: checks the paths of Python's bytecode files`,
    '',
    'Start with one of these:',
    ...columns(
      [
        ['pycache-spec check', 'check the Python on the PATH'],
        ['pycache-spec path a/b.py', "print the path of a file's bytecode"],
        ['pycache-spec check --help', 'see how to check another implementation'],
      ],
      25,
    ),
    ...groups.flatMap((title) => [
      '',
      `${title}:`,
      ...columns(
        entries.filter(([, { group }]) => group === title).map(([name, { says }]) => [name, says]),
        widest,
      ),
    ]),
    '',
    ...columns(globals, widestOf(globals.map(([term]) => term))),
    '',
    wrapped(`Exit codes of check: ${exitText(commands.check.exits)}. ${exitOrder}`, '', width),
  ].join('\n');
}
