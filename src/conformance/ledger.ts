/*
 * Reads spec/ledger.md, which maps documented sentences to rules. A section with the heading `name: title`, or `name`
 * alone, is a document if it contains a table:
 *
 *   | sentence | WORDING | … | what it says | rules |
 *   |---|---|…|---|---|
 *   | 1.2 | `0123456789ab` | = | … | rule-id, rule-id |
 *   | 1.3 | – | `0123456789ab` | … | none: reason |
 *
 * A wording is a hash, `=` for the same hash as in the column to its left, or `–` if the document has no such sentence.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from './chapters.ts';

export type LedgerDocument = {
  /** Its name in the origins of rules: `entry`, `PEP 488`. */
  readonly name: string;
  /** The versions of the document that each column of hashes is for. */
  readonly wordings: readonly string[];
  readonly rows: readonly LedgerRow[];
};

export type LedgerRow = {
  readonly sentence: string;
  /** One for each wording; undefined if that version has no such sentence. */
  readonly hashes: readonly (string | undefined)[];
  readonly rules: readonly string[];
  /** Why no rule comes from the sentence. */
  readonly reason?: string;
};

/** Thrown for a malformed ledger. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

/** @throws LedgerError */
export const readLedger = (): LedgerDocument[] =>
  parseLedger(readFileSync(join(specFolder(), 'ledger.md'), 'utf8'));

/**
 * Reads the documents of a ledger, in its order.
 * @throws LedgerError if a line of a table is malformed, or two documents have the same name
 */
export function parseLedger(markdown: string): LedgerDocument[] {
  const documents = markdown.split(/^## /m).flatMap((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const document = heading.split(':')[0]!;
    const table = lines.filter((line) => line.startsWith('|'));
    return table.length === 0 ? [] : [parseTable(document, table)];
  });
  const twice = repeated(documents.map(({ name }) => name));
  if (twice !== undefined) throw new LedgerError(`${twice} is there twice`);
  return documents;
}

/**
 * The sentences that the origin of a documented rule refers to. A reference looks like `[entry 1.1, 1.2](ledger.md)`;
 * references to several documents are separated by semicolons.
 * @throws LedgerError if the origin contains anything else, or a sentence that is not in the ledger
 */
export function referredTo(origin: string, ledger: readonly LedgerDocument[]): LedgerRow[] {
  return origin.split('; ').flatMap((reference) => {
    const text = /^\[(.+)\]\(ledger\.md\)$/.exec(reference)?.[1];
    // One name may be a prefix of another: `entry` and `entry of 3.4`.
    const document = ledger
      .filter(({ name }) => text?.startsWith(`${name} `))
      .reduce<LedgerDocument | undefined>(
        (longest, one) => (one.name.length > (longest?.name.length ?? 0) ? one : longest),
        undefined,
      );
    if (text === undefined || !document) {
      throw new LedgerError(`not a reference to a document of the ledger: ${reference}`);
    }
    return text
      .slice(document.name.length + 1)
      .split(', ')
      .map((sentence) => {
        const row = document.rows.find((one) => one.sentence === sentence);
        if (!row) throw new LedgerError(`${document.name} has no sentence '${sentence}': ${reference}`);
        return row;
      });
  });
}

const sentenceName = /^(signature|row [a-z_]+|note \d+\.\d+|([A-Za-z]+ )*\d+\.\d+)$/;
const ruleId = /^[a-z]+(-[a-z]+)+$/;

function parseTable(document: string, lines: readonly string[]): LedgerDocument {
  const [header = '', separator = '', ...rest] = lines;
  const fail = (line: string, problem: string): never => {
    throw new LedgerError(`${document}: ${problem}: ${line}`);
  };
  const titles = cellsOf(header);
  const wordings = titles?.slice(1, -2) ?? [];
  if (!titles || titles[0] !== 'sentence' || titles.at(-2) !== 'what it says' || titles.at(-1) !== 'rules') {
    fail(header, "the columns are not 'sentence', the wordings, 'what it says', 'rules'");
  }
  if (wordings.length === 0) fail(header, 'there is no column of hashes');
  const titledTwice = repeated(wordings);
  if (titledTwice !== undefined) fail(header, `two wordings are called '${titledTwice}'`);
  if (separator !== `|${'---|'.repeat(wordings.length + 3)}`) {
    fail(separator, 'the second line is not one of dashes, as many as there are columns');
  }
  if (rest.length === 0) fail(header, 'the table has no rows');

  const rows = rest.map((line): LedgerRow => {
    const cells = cellsOf(line);
    if (!cells || cells.length !== wordings.length + 3)
      return fail(line, 'not as many cells as the header has');
    const sentence = cells[0]!;
    if (!sentenceName.test(sentence)) fail(line, 'the first cell does not name a sentence');
    if (cells.at(-2) === '') fail(line, 'it is not told what the sentence says');
    const hashes = readHashes(cells.slice(1, -2), (problem) => fail(line, problem));
    const reason = /^none: (.+)$/.exec(cells.at(-1)!)?.[1];
    if (reason !== undefined) return { sentence, hashes, rules: [], reason };
    const rules = cells.at(-1)!.split(', ');
    if (!rules.every((id) => ruleId.test(id))) fail(line, "neither ids of rules nor 'none: ' and a reason");
    if (repeated(rules) !== undefined) fail(line, 'a rule is named twice');
    return { sentence, hashes, rules };
  });
  const namedTwice = repeated(rows.map(({ sentence }) => sentence));
  if (namedTwice !== undefined) fail(header, `sentence ${namedTwice} is there twice`);
  return { name: document, wordings, rows };
}

function readHashes(cells: readonly string[], fail: (problem: string) => never): (string | undefined)[] {
  const hashes: (string | undefined)[] = [];
  for (const cell of cells) {
    const hash = /^`([0-9a-f]{12})`$/.exec(cell)?.[1];
    const left = hashes.at(-1);
    if (hash !== undefined) {
      if (hash === left) fail(`the hash at the left once more, where '=' is wanted`);
      hashes.push(hash);
    } else if (cell === '=' && left !== undefined) hashes.push(left);
    else if (cell === '–') hashes.push(undefined);
    else fail(`'${cell}' is no wording`);
  }
  if (hashes.every((hash) => hash === undefined)) fail('there is no hash');
  return hashes;
}

/** The cells of a line, trimmed; undefined if the line is not part of a table. */
const cellsOf = (line: string): string[] | undefined =>
  /^\|.*\|$/.test(line)
    ? line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
    : undefined;

const repeated = (texts: readonly string[]): string | undefined =>
  texts.find((text, i) => texts.indexOf(text) !== i);
