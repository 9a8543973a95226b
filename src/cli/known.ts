/* The list of known failures, as used by check and merge. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Tally } from '../conformance/books.ts';
import { readChapters } from '../conformance/chapters.ts';
import type { Known } from '../conformance/events.ts';
import { excusesOf, type Excuses } from '../conformance/known-failures/excuses.ts';
import { applyKnownFailures } from '../conformance/known-failures/apply.ts';
import {
  KnownFailuresError,
  nameOf,
  NoList,
  parseKnownFailures,
  type KnownFailures,
} from '../conformance/known-failures/file.ts';
import { updateKnownFailures } from '../conformance/known-failures/update.ts';
import { whyUnreadable } from '../conformance/stream.ts';
import { UsageError } from './usage.ts';

export type KnownList = {
  readonly excuses: Excuses;
  readonly judge: (tally: Tally) => Known;
  /** Whether to rewrite the list. */
  readonly updates: boolean;
  /**
   * Rewrites the list if requested.
   * @param again runs with the same subject again, given a seed and what the list sets aside
   */
  readonly update: (tally: Tally, again?: Again) => Promise<void>;
};

export type Again = (seed: number, excuses: Excuses) => Promise<Tally>;

/** One seed may show what another does not. An update runs until this many consecutive runs have shown nothing new. */
const quietRuns = 3;
const mostRuns = 20;

/** @throws UsageError */
export function readKnown({
  'known-failures': file,
  'update-known-failures': updates,
}: {
  'known-failures'?: string | undefined;
  'update-known-failures': boolean;
}): KnownList | undefined {
  if (file === undefined) {
    if (updates) throw new UsageError('--update-known-failures needs --known-failures FILE');
    return undefined;
  }
  const text = contents(file, updates);
  const list = text === undefined ? undefined : parsed(text, file, updates);
  const rules = readChapters().flatMap((chapter) => chapter.rules.map(({ id }) => id));
  const today = new Date().toISOString().slice(0, 10);
  const empty: KnownFailures = { file, comments: [], entries: [] };
  return {
    excuses: excusesOf(list ?? empty),
    judge: (tally) => applyKnownFailures(list ?? empty, tally, rules, today),
    updates,
    update: async (tally, again) => {
      if (updates) await write(file, text, list, tally, rules, again);
    },
  };
}

/** @returns undefined for a list that does not exist yet */
function contents(file: string, mayBeMissing: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && mayBeMissing) return undefined;
    const would = code === 'ENOENT' ? ' (--update-known-failures would create it)' : '';
    throw new UsageError(
      `the list of known failures '${file}' cannot be read: ${whyUnreadable(error)}${would}`,
      {
        cause: error,
      },
    );
  }
}

function parsed(text: string, file: string, drafts: boolean): KnownFailures {
  try {
    return parseKnownFailures(text, file, { drafts });
  } catch (error) {
    if (error instanceof NoList) throw new UsageError(error.message, { cause: error });
    if (error instanceof KnownFailuresError) {
      throw new UsageError(`the list of known failures cannot be used:\n${error.message}`, { cause: error });
    }
    throw error;
  }
}

async function write(
  file: string,
  before: string | undefined,
  list: KnownFailures | undefined,
  tally: Tally,
  rules: readonly string[],
  again: Again | undefined,
): Promise<void> {
  if (tally.problems.length > 0 || tally.subject === undefined) {
    console.error(`pycache-spec: ${file} is unchanged, because the adapter failed.`);
    return;
  }
  const old = new Set(list?.entries.map(nameOf));
  let { text } = updateKnownFailures(list, tally, rules);
  if (again !== undefined) text = await lookingOn(text, old, file, rules, again);
  const [was, is] = [list?.entries ?? [], parseKnownFailures(text, file, { drafts: true }).entries].map(
    (entries) => new Map(entries.map((entry) => [nameOf(entry), entry.lines.join('\n')])),
  );
  const added = [...is!.keys()].filter((name) => !was!.has(name));
  const removed = [...was!.keys()].filter((name) => !is!.has(name));
  if (text === before) {
    console.error(`pycache-spec: ${file} is up to date.`);
    return;
  }
  try {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new UsageError(`the list of known failures '${file}' cannot be written: ${whyUnreadable(error)}`, {
      cause: error,
    });
  }
  console.error(`pycache-spec: ${file} was rewritten.`);
  for (const name of removed) console.error(`  removed  ${name}`);
  for (const name of added) console.error(`  added    ${name}`);
  if (added.length > 0) console.error('  Fill in the empty reasons; until then, check rejects the list.');
}

/**
 * The list, extended by what other seeds show.
 * @param old the entries before the update
 */
async function lookingOn(
  begun: string,
  old: ReadonlySet<string>,
  file: string,
  rules: readonly string[],
  again: Again,
): Promise<string> {
  let text = begun;
  for (let seed = 1, quiet = 0; quiet < quietRuns && seed <= mostRuns; seed++) {
    const list = parseKnownFailures(text, file, { drafts: true });
    const tally = await again(seed, excusesOf(list));
    if (tally.problems.length > 0 || tally.subject === undefined) break;
    const young = new Set(list.entries.map(nameOf).filter((name) => !old.has(name)));
    const next = updateKnownFailures(list, tally, rules, { adds: true, young }).text;
    quiet = next === text ? quiet + 1 : 0;
    text = next;
  }
  return text;
}
