/* Extracts the parts of the project's files that belong to one rule. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/conformance/package.ts';
import type { Rule } from '../../../src/conformance/chapters.ts';

/** Consecutive lines of a file. */
export type Excerpt = {
  /** Relative to the project's root. */
  readonly file: string;
  /** The number of the first line, counted from 1. */
  readonly line: number;
  readonly text: string;
};

export type Mutant = {
  readonly name: string;
  readonly file: string;
  /** The first sentence of its docstring: what is wrong with it. */
  readonly wrong: string;
  readonly source: string;
};

const texts = new Map<string, string>();

/** The text of a project file, by its path from the root. */
export function textOf(file: string): string {
  const text = texts.get(file) ?? readFileSync(join(packageRoot(), file), 'utf8');
  texts.set(file, text);
  return text;
}

/* Laws */

/** Lines from `start` up to the next line at the same depth that follows a blank line. */
type Block = { readonly start: number; readonly lines: readonly string[] };

/** Splits lines into blocks that are separated by blank lines at a given indentation. */
function blocks(lines: readonly string[], first: number, indent: string): Block[] {
  const found: Array<{ start: number; lines: string[] }> = [];
  lines.forEach((line, i) => {
    const opens = line.startsWith(indent) && /\S/.test(line[indent.length] ?? '') && lines[i - 1] === '';
    if (i === 0 || opens) found.push({ start: first + i, lines: [] });
    found.at(-1)!.lines.push(line);
  });
  return found;
}

const asExcerpt = (file: string, { start, lines }: Block, indent: string): Excerpt => ({
  file,
  line: start,
  text: lines
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n')
    .trimEnd(),
});

/** The law of a rule, and the declarations of the same file that it uses. */
export type LawSource = { readonly law: Excerpt; readonly uses: readonly Excerpt[] };

/** @throws Error if the rule's chapter has no law for it */
export function lawOf({ id, chapter }: Rule): LawSource {
  const file = `properties/${chapter}.ts`;
  const lines = textOf(file).split('\n');
  const begin = lines.indexOf('export const laws: Law[] = [');
  const own = blocks(lines.slice(begin + 1, lines.indexOf('];', begin)), begin + 2, '  ');
  const law = own.find((one) => one.lines.some((line) => line.includes(`'${id}'`)));
  if (law === undefined) throw new Error(`${file} has no law of ${id}`);
  const declared = declarations(lines.slice(0, begin));
  return {
    law: asExcerpt(file, law, '  '),
    uses: used(law, declared).map((one) => asExcerpt(file, one, '')),
  };
}

const declaration = /^(?:export )?(?:async )?(?:const|function\*?|type) (\w+)/;

/** The top-level declarations of a file by name, each with the comment above it. */
function declarations(lines: readonly string[]): Map<string, Block> {
  const found = new Map<string, Block>();
  lines.forEach((line, i) => {
    const name = declaration.exec(line)?.[1];
    if (name === undefined) return;
    let start = i;
    while (/^(\/\*\*| \*|\/\/)/.test(lines[start - 1] ?? '')) start--;
    let end = i + 1;
    while (end < lines.length && /^([ )}\]]|$)/.test(lines[end]!) && lines[end] !== '') end++;
    found.set(name, { start: start + 1, lines: lines.slice(start, end) });
  });
  return found;
}

/** The declarations that a block uses, directly or indirectly, in file order. */
function used(block: Block, declared: ReadonlyMap<string, Block>): Block[] {
  const names = new Set<string>();
  const look = ({ lines }: Block): void => {
    for (const [word] of lines.join('\n').matchAll(/(?<!\.)\b\w+\b(?!:)/g)) {
      const one = declared.get(word);
      if (one === undefined || names.has(word)) continue;
      names.add(word);
      look(one);
    }
  };
  look(block);
  return [...declared].filter(([name]) => names.has(name)).map(([, one]) => one);
}

/* Mutants */

export function readMutant(name: string): Mutant {
  const file = `properties/mutants/${name}.py`;
  const source = textOf(file);
  const docstring = /^r?"""([\s\S]+?)"""/.exec(source)?.[1] ?? '';
  return {
    name,
    file,
    source: source.trimEnd(),
    wrong: docstring
      .trim()
      .split(/\n\n|\n(?=\w+: )/)[0]!
      .replaceAll('\n', ' '),
  };
}
