/* The options of check that select rules and a part of a run. */
import type { Chapter, Level } from '../conformance/chapters.ts';
import type { Shard } from '../conformance/events.ts';
import type { Selection } from '../conformance/events.ts';
import { select } from '../conformance/plan.ts';
import { didYouMean } from './nearest.ts';
import { readWhole, UsageError, type ValuesOf } from './usage.ts';

type Given = Pick<ValuesOf<'check'>, 'rule' | 'chapter' | 'level'>;

/** @throws UsageError */
export const readSelection = ({ rule, chapter, level }: Given): Selection => ({
  ...(rule === undefined ? {} : { rule }),
  ...(chapter === undefined ? {} : { chapter }),
  ...(level === undefined ? {} : { level: readLevel(level) }),
});

function readLevel(text: string): Level {
  if (text === 'documented' || text === 'observed') return text;
  throw new UsageError(`--level takes documented or observed, not '${text}'`);
}

/** The selected chapters. If nothing is selected, says so on stderr. */
export function selectRules(chapters: readonly Chapter[], selection: Selection): Chapter[] {
  const selected = select(chapters, selection);
  if (selected.length === 0) {
    const why = describe(chapters, selection);
    console.error(
      `pycache-spec: nothing is selected: ${why}${why.endsWith('?') ? '' : '.'} (See pycache-spec rules.)`,
    );
  }
  return selected;
}

function describe(chapters: readonly Chapter[], { rule, chapter, level }: Selection): string {
  const names = chapters.map(({ name }) => name.replace(/^\d+-/, ''));
  const isChapter = chapter !== undefined && select(chapters, { chapter }).length > 0;
  if (chapter !== undefined && !isChapter) {
    const meant = didYouMean(chapter, names);
    return `no chapter is named '${chapter}'${meant === '' ? `; the chapters are ${names.join(', ')}` : meant}`;
  }
  const ids = chapters.flatMap(({ rules }) => rules.map(({ id }) => id));
  const isRule = rule !== undefined && select(chapters, { rule }).length > 0;
  return [
    ...(rule === undefined ? ['no rule is'] : [`no rule's id matches '${rule}'`]),
    ...(chapter === undefined ? [] : [`in a chapter named '${chapter}'`]),
    ...(level === undefined ? [] : [`of the level ${level}`]),
  ]
    .join(' ')
    .concat(rule === undefined || isRule ? '' : didYouMean(rule, ids));
}

/** @throws UsageError */
export function readShard(text: string | undefined): Shard | null {
  if (text === undefined) return null;
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (index === undefined || of === undefined) {
    throw new UsageError(`--shard takes a part such as 1/4, the first of four parts, not '${text}'`);
  }
  const parts = readWhole('shard', of, 1, 10_000);
  return { index: readWhole('shard', index, 1, parts), of: parts };
}
