/*
 * What happens in a run, in its order: the report. An event is plain JSON, a line each in a file, and whatever
 * else is told of a run is made of its events alone.
 */
import type { Part } from '../../properties/index.ts';
import type { FunctionName } from '../python/call.ts';
import type { Platform } from '../python/interpreter.ts';
import type { Level } from './chapters.ts';
import type { Json } from './codec.ts';
import type { Feature } from './features.ts';

/** The format of the stream, in its first event. */
export const format = 4;

/** Which rules are to be checked. */
export type Selection = {
  /** A rule's id, with `*` for any characters. */
  readonly rule?: string;
  readonly chapter?: string;
  readonly level?: Level;
};

export type Event = Start | Greeting | Work | Failure | Unsteady | Problem | Known | End;
/** What is told while it happens, and not kept. */
export type Sign =
  /** How many inputs are done, of all, and the calls that they took. */
  | { readonly type: 'progress'; readonly done: number; readonly of: number; readonly calls: number }
  /** The first call that fails, before it is known why. */
  | ({ readonly type: 'failing' } & Pick<
      Counterexample,
      'calls' | 'outcomes' | 'failed' | 'expected' | 'flaky'
    >)
  /** All is asked, and so many calls that fail are looked into. */
  | { readonly type: 'looking'; readonly failed: number }
  | { readonly type: 'stderr'; readonly text: string };

/** Before anything is started. */
export type Start = {
  readonly type: 'start';
  readonly format: typeof format;
  /** The suite's version. */
  readonly suite: string;
  /** When, in ISO 8601. */
  readonly at: string;
  /** The subject's program and arguments, for a person to repeat. */
  readonly command: readonly string[];
  readonly seed: number;
  /** Inputs drawn for each property. */
  readonly runs: number;
  readonly selection: Selection;
  /** What the subject's domain was narrowed by for this run, as the protocol describes it, or null. */
  readonly domain: Json;
  /** The release that the subject is to be held to, whatever it claims; missing where none was asked for. */
  readonly heldTo?: string;
  /** Which part of a run that is spread over several. */
  readonly shard: Shard | null;
  /** The entries of a list of known failures by which failing calls are set aside, as far as they say which. */
  readonly excuses: readonly string[];
  readonly chapters: ReadonlyArray<{ readonly name: string; readonly title: string }>;
  /** The selected rules, in the order of the chapters. */
  readonly rules: readonly RuleLine[];
};
/** From 1 on. */
export type Shard = { readonly index: number; readonly of: number };
export type RuleLine = {
  readonly id: string;
  readonly chapter: string;
  readonly level: Level;
  readonly quirk: boolean;
  /** Markdown. */
  readonly statement: string;
};

/** The subject said who it is. */
export type Greeting = {
  readonly type: 'subject';
  readonly implementation: { readonly name: string; readonly version: string };
  /** The release that it claims to behave as. */
  readonly python: string;
  readonly platform: Platform;
  /** What it is asked. */
  readonly functions: readonly FunctionName[];
  readonly supports: readonly Feature[];
  /** What it cannot set, as it holds it; in the protocol's encoding. */
  readonly fixed: Json;
  /** The release that it is held to. */
  readonly target: string;
  /** The selected rules that are about other releases, platforms or functions. */
  readonly inapplicable: readonly string[];
  /** The calls that it is for, as the protocol describes them; null where it is for all. */
  readonly domain: Json;
  /** The selected rules that have a say in none of these. */
  readonly outside: readonly string[];
};

/** All inputs of a property have been seen to, or will not be. */
export type Work = {
  readonly type: 'work';
  readonly property: string;
  /** Its place among the properties of the plan. */
  readonly place: number;
  readonly kind: WorkKind;
  readonly chapter: string;
  /** The rule whose law or examples these are. */
  readonly rule: string | null;
  readonly inputs: number;
  /** Inputs all of whose calls were answered. */
  readonly judged: number;
  /** Calls, counted where they are drawn; `planned` = `answered` + all of `lost`. */
  readonly planned: number;
  readonly answered: number;
  readonly lost: Readonly<Partial<Record<Loss, number>>>;
  /** Why the adapter skipped calls, in its words, and how many. */
  readonly reasons: Readonly<Partial<Record<string, number>>>;
  /** Calls that it skipped or said to be unsupported, by the rule that they are about. */
  readonly declined: Readonly<Partial<Record<string, number>>>;
  /** Inputs that were not asked about, by the features that the subject lacks. */
  readonly leftOut: Readonly<Partial<Record<Feature, number>>>;
};
/** An `again` asks some calls a second time. */
export type WorkKind = 'example' | 'law' | 'agreement' | 'again';

/** Why a call has no answer. */
export type Loss = 'skipped' | 'unsupported' | 'not run' | Mishap;
export const mishaps = ['crash', 'timeout', 'protocol', 'error'] as const;
/** How an adapter fails: it ends, or does not answer in time, or breaks the protocol, or says that it failed. */
export type Mishap = (typeof mishaps)[number];

/** A rule that something is wrong with. Those of one fault follow each other, its own rule first. */
export type Failure = Counterexample & {
  readonly type: 'failure';
  /** Calls that fail for this fault, and all that failed. */
  readonly explains: number;
  readonly of: number;
  /** The other rules that the fault breaks. */
  readonly touches: readonly string[];
  /** The entry of the list of known failures that these calls were set aside for. */
  readonly known: string | null;
};

export type Counterexample = {
  readonly rule: string;
  /** Whether the rule's own statement is false; if not, it is the likeliest of those that decide what differs. */
  readonly broken: boolean;
  /** The rule of the fault: the one to look at. */
  readonly fault: string;
  /** The parts of the outcome that differ. */
  readonly parts: readonly Part[];
  /** The property that found it. */
  readonly property: string;
  readonly chapter: string;
  /** The smallest found, in the protocol's encoding. */
  readonly calls: readonly Json[];
  readonly outcomes: readonly Json[];
  /** Which of the calls went wrong. */
  readonly failed: number;
  /** What the reference gives for it: Python's notation, a line each. */
  readonly expected: readonly string[];
  /** What may be any other, and it fails the same way. */
  readonly whatever: readonly string[];
  /** It failed once, and held when it was asked again. */
  readonly flaky: boolean;
};

/** The same call was answered in two ways. */
export type Unsteady = {
  readonly type: 'unsteady';
  /** The rule whose law asked it, or the last that decides it. */
  readonly rule: string;
  readonly property: string;
  readonly call: Json;
  readonly outcomes: readonly [first: Json, second: Json];
  /** As of a failure. */
  readonly known: string | null;
};

/** The adapter failed. */
export type Problem = {
  readonly type: 'problem';
  readonly why: Mishap;
  /** A sentence or two for its author: what went wrong, and what to do. */
  readonly text: string;
  /** The call that it fails at, where one was found, and the rule that it was asked for. */
  readonly call: Json;
  readonly rule: string | null;
  /** The end of what it had printed to stderr. */
  readonly stderr: string;
};

/** What the list of known failures says of this run. */
export type Known = {
  readonly type: 'known';
  readonly file: string;
  /** The entries that hold for what was set aside for them. */
  readonly entries: readonly string[];
  /** The rules all of whose failures are excused, each with the first entry that does. */
  readonly excused: ReadonlyArray<{
    readonly rule: string;
    readonly kind: string;
    readonly reason: string;
    readonly issue: string | null;
  }>;
  /** Entries that are not true any more, and why. */
  readonly stale: ReadonlyArray<{ readonly entry: string; readonly line: number; readonly why: string }>;
};

export type End = {
  readonly type: 'end';
  readonly seconds: number;
  /** Why it ended before everything was asked. */
  readonly stopped: string | null;
};
