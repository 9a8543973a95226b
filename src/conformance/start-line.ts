/*
 * Parses a command line that starts an interpreter, as typed into a shell: assignments, a program, and its arguments.
 * Anything that a shell would expand, such as a variable, cannot be known here and is rejected.
 */
import type { Implementation } from '../python/tags.ts';

/** Thrown for a command line that is rejected. */
export class StartLineError extends Error {
  override readonly name = 'StartLineError';
}

export type StartLine = {
  readonly environment: Readonly<Record<string, string>>;
  readonly program: string;
  /** The arguments of the program. */
  readonly words: readonly string[];
};

/**
 * Parses a command line.
 * @throws StartLineError if a shell would reject the line or expand part of it
 */
export function parseStartLine(text: string): StartLine {
  const words = shellWords(text);
  const isAssignment = ({ text, bare }: ShellWord): boolean =>
    (/^[A-Za-z_]\w*=/.exec(text)?.[0].length ?? Infinity) <= bare;
  const first = words.findIndex((word) => !isAssignment(word));
  const program = words[first]?.text ?? '';
  if (program === '') throw new StartLineError('there is no program after the assignments');
  const assigned = words.slice(0, first).map((word) => word.text);
  return {
    environment: Object.fromEntries(
      assigned.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] as const),
    ),
    program,
    words: words.slice(first + 1).map((word) => word.text),
  };
}

/** A word without its quotes, and the number of unquoted characters at its start. */
type ShellWord = { readonly text: string; readonly bare: number };

/** What a POSIX shell or bash does not take literally unless it is quoted. */
const special: ReadonlyArray<readonly [RegExp, means: string]> = [
  [/[$`]/, 'stands for something else'],
  [/[;&|<>()\n]/, 'ends the command'],
  [/[*?[\]{}]/, 'may stand for names of files'],
];

function shellWords(text: string): ShellWord[] {
  const words: ShellWord[] = [];
  let at = 0;
  const refuse = (piece: string, means: string): never => {
    throw new StartLineError(
      `${piece} ${means} in a shell: put it between single quotes, or write what is meant`,
    );
  };
  while (at < text.length) {
    if (/[ \t]/.test(text[at]!)) {
      at++;
      continue;
    }
    let word = '';
    let bare: number | undefined;
    for (; at < text.length && !/[ \t]/.test(text[at]!); at++) {
      const character = text[at]!;
      if (character === "'") {
        const end = text.indexOf("'", at + 1);
        if (end < 0) throw new StartLineError(`the single quote before ${rest(text, at)} is not closed`);
        bare ??= word.length;
        word += text.slice(at + 1, end);
        at = end;
      } else if (character === '"') {
        bare ??= word.length;
        const [quoted, end] = doubleQuoted(text, at, refuse);
        word += quoted;
        at = end;
      } else if (character === '\\') {
        if (at + 1 === text.length)
          throw new StartLineError('there is nothing after the backslash at the end');
        at++;
        // A line continuation.
        if (text[at] === '\n') continue;
        bare ??= word.length;
        word += text[at]!;
      } else {
        const means = special.find(([pattern]) => pattern.test(character))?.[1];
        if (means !== undefined) refuse(character === '\n' ? 'the end of a line' : character, means);
        if (character === '~' && /(?:^|[=:])$/.test(word)) refuse('~', 'may stand for a folder');
        if (character === '#' && word === '' && bare === undefined) refuse('#', 'begins a comment');
        word += character;
      }
    }
    if (word !== '' || bare !== undefined) words.push({ text: word, bare: bare ?? word.length });
  }
  return words;
}

/** The text between double quotes, and the position of the closing quote. */
function doubleQuoted(
  text: string,
  start: number,
  refuse: (piece: string, means: string) => never,
): [quoted: string, end: number] {
  let quoted = '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') return [quoted, at];
    if (character === '$' || character === '`') return refuse(character, 'stands for something else');
    const next = text[at + 1];
    if (character === '\\' && next !== undefined && '$`"\\\n'.includes(next)) {
      if (next !== '\n') quoted += next;
      at++;
    } else quoted += character;
  }
  throw new StartLineError(`the double quote before ${rest(text, start)} is not closed`);
}

const rest = (text: string, at: number): string =>
  at + 1 < text.length ? text.slice(at + 1, at + 21) : 'the end';

/** The interpreter that a program's name stands for: `python3.13t`, `/usr/bin/pypy3`, `C:\py\python.exe`. */
export type NamedProgram = {
  readonly implementation: Implementation;
  /** Two or three numbers, as in the name. */
  readonly version: string | undefined;
};

/** @returns undefined if the name is not that of a known implementation */
export function namedProgram(program: string): NamedProgram | undefined {
  const name = /[^/\\]*$/.exec(program)![0].replace(/\.exe$/i, '');
  const [, base, version] =
    /^(python|pypy|graalpy|rustpython)(\d+(?:\.\d+)*)?(?:[dmt]*|-c)$/.exec(name) ?? [];
  if (base === undefined) return undefined;
  return {
    implementation: base === 'python' ? 'cpython' : (base as Implementation),
    version: version?.includes('.') === true ? version : undefined,
  };
}
