/* Reads spec/ledger.md: which documented sentence became which rule. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from './chapters.ts';

export type LedgerEntry = {
  readonly document: string;
  readonly sentence: string;
  /** One for each wording that the table has a column for. */
  readonly hashes: readonly string[];
  readonly rules: readonly string[];
  /** Why the sentence makes no rule. */
  readonly reason?: string;
};

export function readLedger(): LedgerEntry[] {
  const markdown = readFileSync(join(specFolder(), 'ledger.md'), 'utf8');
  return markdown.split(/^## /m).flatMap((section) => {
    const document = section.split('\n')[0]!;
    return [...section.matchAll(/^\| ([^|]+) \|((?: `[0-9a-f]{12}` \|)+) [^|]+ \|([^|]*)\|$/gm)].map(
      ([, sentence, hashes, outcome]): LedgerEntry => {
        const told = outcome!.trim();
        const reason = /^none: (.+)$/.exec(told)?.[1];
        return {
          document,
          sentence: sentence!,
          hashes: [...hashes!.matchAll(/[0-9a-f]{12}/g)].map(([hash]) => hash),
          rules: reason !== undefined || told === '' ? [] : told.split(', '),
          ...(reason === undefined ? {} : { reason }),
        };
      },
    );
  });
}
