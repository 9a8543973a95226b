/*
 * What a list of known failures sets aside in a run: the failing calls that match an entry, and those of a fault that
 * an entry describes.
 */
import type { Outcome } from '../../python/call.ts';
import { callSource, outcomeSource, stateSource } from '../../python/source.ts';
import { toLine } from '../codec.ts';
import { wildcard } from '../wildcard.ts';
import { nameOf, ruleOf, type Entry, type KnownFailures, type Shown } from './file.ts';

/** A fault in the list: its rule, and the smallest calls that show it. */
export type ListedFault = {
  readonly entry: string;
  readonly rule: string;
  readonly shown: readonly Shown[];
};

export type Excuses = {
  /**
   * The signatures of the entries for which calls are set aside, so that a later judgement of the run can compare them
   * with its list.
   */
  readonly entries: readonly string[];
  /** The entry whose pattern a failing call matches; if there are several, the one with the longest pattern. */
  readonly entryOf: (call: Call, outcome: Outcome) => string | undefined;
  readonly faults: readonly ListedFault[];
  /** The rules with an entry of their own. It excuses all their failures, but only after they were reported. */
  readonly rules: ReadonlySet<string>;
};

type Call = Parameters<typeof callSource>[0] & { readonly state: Parameters<typeof stateSource>[0] };

export const noExcuses: Excuses = { entries: [], entryOf: () => undefined, faults: [], rules: new Set() };

export function excusesOf({ entries }: Pick<KnownFailures, 'entries'>): Excuses {
  const patterns = entries
    .filter(({ about }) => about === 'call')
    // The order of entries in the list must not matter.
    .toSorted((a, b) => b.pattern.length - a.pattern.length || (a.pattern < b.pattern ? -1 : 1))
    .map((entry) => ({
      name: nameOf(entry),
      call: wildcard(entry.pattern),
      fails: entry.fails === null ? undefined : wildcard(entry.fails),
    }));
  return {
    entries: entries.filter(({ about }) => about !== 'rule').map(signatureOf),
    entryOf: (call, outcome) => {
      if (patterns.length === 0) return undefined;
      const shown = callShown(call);
      return patterns.find(
        (one) =>
          shown.some((text) => one.call.test(text)) && (one.fails?.test(outcomeShown(outcome)) ?? true),
      )?.name;
    },
    faults: entries
      .filter(({ about }) => about === 'fault')
      .map((entry) => ({
        entry: nameOf(entry),
        rule: ruleOf(entry)!,
        shown: entry.shown,
      })),
    rules: new Set(entries.flatMap(({ about, pattern }) => (about === 'rule' ? [pattern] : []))),
  };
}

/** Everything in an entry that decides what is set aside for it. */
export const signatureOf = (entry: Entry): string => toLine([nameOf(entry), entry.fails, ...entry.shown]);

/** A call as reports show it, without and with the interpreter's state. */
export const callShown = (call: Call): string[] => [
  callSource(call),
  `${callSource(call)}  # ${stateSource(call.state)}`,
];

/** An outcome in one line, because `fails` in an entry has only one and a message may have several. */
export function outcomeShown(outcome: Outcome): string {
  const lines = outcome.kind === 'return' || outcome.kind === 'raise' ? outcomeSource(outcome) : [];
  return lines.join(' ').replaceAll(/[\r\n]+/g, ' ');
}
