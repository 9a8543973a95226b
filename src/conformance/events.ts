/*
 * The events of a run, in their order. This is the report: an event is plain JSON, one line each in a file, and
 * everything else that is reported of a run is derived from its events alone.
 */
import type { Part } from '../../properties/index.ts';
import type { FunctionName } from '../python/call.ts';
import type { Platform } from '../python/interpreter.ts';
import type { Level } from './chapters.ts';
import type { Json } from './codec.ts';
import type { Feature } from './features.ts';

/** The version of the stream's format, given in its first event. */
export const format = 4;

/** Which rules to check. */
export type Selection = {
  /** A rule's id, with `*` for any characters. */
  readonly rule?: string;
  readonly chapter?: string;
  readonly level?: Level;
};

export type Event = Start | Greeting | Work | Failure | Unsteady | Problem | Known | End;
/** Shown while it happens, and not recorded. */
export type Sign =
  /** How many inputs are done, out of how many, and the calls they took. */
  | { readonly type: 'progress'; readonly done: number; readonly of: number; readonly calls: number }
  /** The first failing call, before the cause is known. */
  | ({ readonly type: 'failing' } & Pick<
      Counterexample,
      'calls' | 'outcomes' | 'failed' | 'expected' | 'flaky'
    >)
  /** Everything was asked, and the causes of this many failing calls are being looked for. */
  | { readonly type: 'looking'; readonly failed: number }
  | { readonly type: 'stderr'; readonly text: string };

/** Emitted before anything is started. */
export type Start = {
  readonly type: 'start';
  readonly format: typeof format;
  /** The version of the suite. */
  readonly suite: string;
  /** The start time, in ISO 8601. */
  readonly at: string;
  /** The program and arguments of the subject, so that a person can repeat the run. */
  readonly command: readonly string[];
  readonly seed: number;
  /** Inputs drawn for each property. */
  readonly runs: number;
  readonly selection: Selection;
  /** The domain to which the subject's own was narrowed for this run, in the protocol's encoding, or null. */
  readonly domain: Json;
  /** The release that the subject is to be held to, whatever it claims; missing if none was asked for. */
  readonly heldTo?: string;
  /** The part of a run that is split over several shards. */
  readonly shard: Shard | null;
  /** The signatures of the entries in the list of known failures for which failing calls are set aside. */
  readonly excuses: readonly string[];
  readonly chapters: ReadonlyArray<{ readonly name: string; readonly title: string }>;
  /** The selected rules, in the order of the chapters. */
  readonly rules: readonly RuleLine[];
};
/** `index` counts from 1. */
export type Shard = { readonly index: number; readonly of: number };
export type RuleLine = {
  readonly id: string;
  readonly chapter: string;
  readonly level: Level;
  readonly quirk: boolean;
  /** In Markdown. */
  readonly statement: string;
};

/** Emitted when the subject has said hello. */
export type Greeting = {
  readonly type: 'subject';
  readonly implementation: { readonly name: string; readonly version: string };
  /** The release whose behaviour it claims. */
  readonly python: string;
  readonly platform: Platform;
  /** The functions it is asked. */
  readonly functions: readonly FunctionName[];
  readonly supports: readonly Feature[];
  /** The state that it cannot set, in the protocol's encoding. */
  readonly fixed: Json;
  /** The release that it is held to. */
  readonly target: string;
  /** The selected rules that apply only to other releases, platforms or functions. */
  readonly inapplicable: readonly string[];
  /** The subject's domain, in the protocol's encoding, or null if that is all calls. */
  readonly domain: Json;
  /** The selected rules that decide nothing in this domain. */
  readonly outside: readonly string[];
};

/** Emitted when all inputs of a property were asked, or will not be. */
export type Work = {
  readonly type: 'work';
  readonly property: string;
  /** The index of the property in the plan. */
  readonly place: number;
  readonly kind: WorkKind;
  readonly chapter: string;
  /** The rule whose law or examples the inputs are. */
  readonly rule: string | null;
  readonly inputs: number;
  /** The inputs whose calls were all answered. */
  readonly judged: number;
  /** Calls, counted when they are drawn; `planned` = `answered` + all of `lost`. */
  readonly planned: number;
  readonly answered: number;
  readonly lost: Readonly<Partial<Record<Loss, number>>>;
  /** Why the adapter skipped calls, in its own words, and how many for each reason. */
  readonly reasons: Readonly<Partial<Record<string, number>>>;
  /** The calls that it skipped or reported as unsupported, by the rule they are about. */
  readonly declined: Readonly<Partial<Record<string, number>>>;
  /** The inputs that were not asked, by the feature that the subject lacks. */
  readonly leftOut: Readonly<Partial<Record<Feature, number>>>;
};
/** `again` asks some calls a second time. */
export type WorkKind = 'example' | 'law' | 'agreement' | 'again';

/** Why a call has no outcome. */
export type Loss = 'skipped' | 'unsupported' | 'not run' | Mishap;
export const mishaps = ['crash', 'timeout', 'protocol', 'error'] as const;
/** How an adapter fails: it ends, does not answer in time, breaks the protocol, or reports an error. */
export type Mishap = (typeof mishaps)[number];

/** A rule that something is wrong with. The rules of one fault follow each other, the fault's own rule first. */
export type Failure = Counterexample & {
  readonly type: 'failure';
  /** The failing calls that the fault explains, and all failing calls. */
  readonly explains: number;
  readonly of: number;
  /** The other rules that the fault breaks. */
  readonly touches: readonly string[];
  /** The entry of the list of known failures for which these calls were set aside. */
  readonly known: string | null;
};

export type Counterexample = {
  readonly rule: string;
  /**
   * Whether the rule's own statement is false. If not, the rule is the likeliest of those that decide the differing
   * parts.
   */
  readonly broken: boolean;
  /** The rule of the fault: the rule to look at. */
  readonly fault: string;
  /** The parts of the outcome that differ. */
  readonly parts: readonly Part[];
  /** The property that found it. */
  readonly property: string;
  readonly chapter: string;
  /** The smallest input found, in the protocol's encoding. */
  readonly calls: readonly Json[];
  readonly outcomes: readonly Json[];
  /** The index of the call that failed. */
  readonly failed: number;
  /** What the reference gives for that call: lines in Python's notation. */
  readonly expected: readonly string[];
  /** The aspects that do not matter: with any other value, the call fails in the same way. */
  readonly whatever: readonly string[];
  /** Whether the call failed once and passed when it was asked again. */
  readonly flaky: boolean;
};

/** A call that was answered in two ways. */
export type Unsteady = {
  readonly type: 'unsteady';
  /** The rule whose law asked the call, or the last rule that decides it. */
  readonly rule: string;
  readonly property: string;
  readonly call: Json;
  readonly outcomes: readonly [first: Json, second: Json];
  /** As in `Failure`. */
  readonly known: string | null;
};

/** The adapter failed. */
export type Problem = {
  readonly type: 'problem';
  readonly why: Mishap;
  /** A sentence or two for the adapter's author: what went wrong, and what to do. */
  readonly text: string;
  /** The call at which it failed, or null if none was found, and the rule it was asked for. */
  readonly call: Json;
  readonly rule: string | null;
  /** The end of what it printed to stderr before. */
  readonly stderr: string;
};

/** How the list of known failures applies to this run. */
export type Known = {
  readonly type: 'known';
  readonly file: string;
  /** The entries that account for the calls set aside for them. */
  readonly entries: readonly string[];
  /** The rules whose failures are all excused, each with the first entry that excuses it. */
  readonly excused: ReadonlyArray<{
    readonly rule: string;
    readonly kind: string;
    readonly reason: string;
    readonly issue: string | null;
  }>;
  /** Entries that are no longer true, and why. */
  readonly stale: ReadonlyArray<{ readonly entry: string; readonly line: number; readonly why: string }>;
};

export type End = {
  readonly type: 'end';
  readonly seconds: number;
  /** Why the run ended before everything was asked. */
  readonly stopped: string | null;
};
