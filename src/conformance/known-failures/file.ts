/*
 * The list of known failures as text, as described in spec/known-failures.md. Comments are kept when the list is
 * rewritten.
 */

import { functions } from '../../python/call.ts';
import { parseCall, SourceError } from '../../python/source.ts';

export const kinds = ['bug', 'by-design', 'unsupported', 'flaky'] as const;
export type Kind = (typeof kinds)[number];

export type Entry = {
  readonly about: 'rule' | 'call' | 'fault';
  /**
   * The exact id of a rule; or the source of a call, with `*` for any characters; or the rule of a fault and how it
   * differs.
   */
  readonly pattern: string;
  readonly kind: Kind;
  /** Empty only in a draft. */
  readonly reason: string;
  readonly issue: string | null;
  /** The outcome of the failing call, with `*` for any characters. */
  readonly fails: string | null;
  /** The last day on which the entry holds, in ISO 8601. */
  readonly until: string | null;
  /** The smallest calls that show the fault. */
  readonly shown: readonly Shown[];
  /** The line number of the entry's name. */
  readonly line: number;
  /** The entry as it was written, with its comments. */
  readonly lines: readonly string[];
};

/** A call as reports print it, and how its outcome differs. */
export type Shown = { readonly call: string; readonly way: string };

export type KnownFailures = {
  readonly file: string;
  /** Comments that belong to no entry, in blocks. */
  readonly comments: ReadonlyArray<readonly string[]>;
  readonly entries: readonly Entry[];
};

/** Thrown for a list with errors. The message has one line for each: `FILE:LINE: what is wrong`. */
export class KnownFailuresError extends Error {
  override readonly name = 'KnownFailuresError';
}

/** Thrown for a file that is not a list. The message is a sentence without a full stop. */
export class NoList extends KnownFailuresError {
  constructor(file: string, line: number, others: number) {
    super(
      `'${file}' is not a list of known failures: line ${line} and ${others} others belong to no entry (see spec/known-failures.md)`,
    );
  }
}

/** With more problems than `fewProblems`, a file may not be a list at all. At most `mostProblems` are reported. */
const fewProblems = 5;
const mostProblems = 20;

/** The first line of an entry. */
export const nameOf = ({ about, pattern }: Pick<Entry, 'about' | 'pattern'>): string => `${about} ${pattern}`;

/** Whether something in the entry is still to be filled in. */
export const isDraft = ({ kind, reason, until }: Entry): boolean =>
  reason === '' || (kind === 'flaky' && until === null);

/**
 * Reads a list.
 * @param file its name, for the messages
 * @param options with `drafts`, fields that an update left to be filled in may be empty
 * @throws KnownFailuresError
 */
export function parseKnownFailures(
  text: string,
  file: string,
  { drafts = false }: { drafts?: boolean } = {},
): KnownFailures {
  const reader = new Reader(drafts);
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  lines.forEach((line, i) => reader.read(line.trimEnd(), i + 1));
  const { comments, entries, problems } = reader.end();
  if (problems.length > 0) {
    const inOrder = problems.toSorted((a, b) => a.line - b.line);
    if (inOrder.length > fewProblems && inOrder.length > 4 * reader.begunEntries) {
      throw new NoList(file, inOrder[0]!.line, inOrder.length - 1);
    }
    const more = inOrder.length - mostProblems;
    throw new KnownFailuresError(
      [
        ...inOrder.slice(0, mostProblems).map(({ line, text: what }) => `${file}:${line}: ${what}`),
        ...(more > 0 ? [`… and ${more} more`] : []),
      ].join('\n'),
    );
  }
  return { file, comments, entries };
}

/** The list as text: its own comments, then the entries, sorted into rules, faults and calls. */
export function writeKnownFailures({
  comments,
  entries,
}: Pick<KnownFailures, 'comments' | 'entries'>): string {
  const blocks = [...comments, ...entries.toSorted(inOrder).map(({ lines }) => lines)];
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** Compares by code units, so that the order is the same everywhere. */
function inOrder(a: Entry, b: Entry): number {
  const places = ['rule', 'fault', 'call'];
  if (a.about !== b.about) return places.indexOf(a.about) - places.indexOf(b.about);
  return a.pattern < b.pattern ? -1 : Number(a.pattern > b.pattern);
}

/**
 * What a new entry takes over from the entry it replaces. If it replaces none, the fields to be filled in are empty.
 */
export type Said = Pick<Entry, 'kind' | 'reason' | 'issue' | 'until'>;

/** Makes a new entry. */
export function draftOf(
  { about, pattern, shown = [] }: Pick<Entry, 'about' | 'pattern'> & { readonly shown?: readonly Shown[] },
  { kind, reason, issue, until }: Said,
): Entry {
  const lines = [
    nameOf({ about, pattern }),
    ...shown.map((one) => shownLine(one, pattern)),
    `  kind: ${kind}`,
    `  reason: ${reason}`.trimEnd(),
    ...(issue === null ? [] : [`  issue: ${issue}`]),
    ...(until === null ? (kind === 'flaky' ? ['  until:'] : []) : [`  until: ${until}`]),
  ];
  return { about, pattern, kind, reason, issue, fails: null, until, shown, line: 0, lines };
}

/** The entry of a fault, with another call that shows it. */
export function withCall(entry: Entry, one: Shown): Entry {
  const at = entry.lines.findLastIndex((line) => /^ {2}(call|also)\s*:/.test(line)) + 1;
  return {
    ...entry,
    shown: [...entry.shown, one],
    lines: entry.lines.toSpliced(at, 0, shownLine(one, entry.pattern)),
  };
}

const shownLine = ({ call, way }: Shown, pattern: string): string =>
  way === wayIn(pattern) ? `  call: ${call}` : `  also: ${way}: ${call}`;

/** How the fault of an entry differs. */
const wayIn = (pattern: string): string => pattern.replace(/^\S+ in /, '');

/** The rule that an entry is about; undefined for an entry with a call pattern. */
export const ruleOf = ({ about, pattern }: Pick<Entry, 'about' | 'pattern'>): string | undefined =>
  about === 'call' ? undefined : pattern.replace(/ in .*$/s, '');

/** Matches the parts that differ and a call of a specified function. */
const alsoPattern = new RegExp(`^(.+?): ((?:${functions.join('|')})\\(.*)$`, 's');

const keys = ['kind', 'reason', 'issue', 'fails', 'until', 'call', 'also'] as const;
type Key = (typeof keys)[number];
type Field = { readonly line: number; readonly value: string };
type Begun = Pick<Entry, 'about' | 'pattern' | 'line'> & {
  readonly lines: string[];
  readonly fields: Map<Key, Field>;
  readonly shown: Shown[];
};
type Problem = { readonly line: number; readonly text: string };

/** Reads the lines, and continues after an error. */
class Reader {
  private readonly drafts: boolean;
  private readonly comments: string[][] = [];
  private readonly entries: Entry[] = [];
  private readonly problems: Problem[] = [];
  /** The line number of each entry, by its name. */
  private readonly names = new Map<string, number>();
  /** Comments whose owner depends on the next line. */
  private waiting: string[] = [];
  private begun: Begun | undefined;

  constructor(drafts: boolean) {
    this.drafts = drafts;
  }

  read(text: string, line: number): void {
    if (text === '') return this.finish();
    if (/^\s*#/.test(text)) {
      const ofEntry = this.begun !== undefined && this.waiting.length === 0 && /^\s/.test(text);
      (ofEntry ? this.begun!.lines : this.waiting).push(text);
      return;
    }
    const [, about, pattern] = /^(rule|call|fault)\s+(\S.*)$/s.exec(text) ?? [];
    if (pattern !== undefined) return this.begin(about as Entry['about'], pattern, text, line);
    const [, key, value = ''] = /^ {2}([^\s:]+)\s*:\s*(.*)$/s.exec(text) ?? [];
    if (key !== undefined) return this.field(key, value, text, line);
    this.fault(line, whatIsWrong(text));
  }

  get begunEntries(): number {
    return this.names.size;
  }

  end(): { comments: string[][]; entries: Entry[]; problems: Problem[] } {
    this.finish();
    return { comments: this.comments, entries: this.entries, problems: this.problems };
  }

  private begin(about: Entry['about'], pattern: string, text: string, line: number): void {
    const comments = this.waiting;
    this.waiting = [];
    this.finish();
    this.begun = { about, pattern, line, lines: [...comments, text], fields: new Map(), shown: [] };
    const name = nameOf({ about, pattern });
    const before = this.names.get(name);
    if (before !== undefined) this.fault(line, `'${name}' is already on line ${before}: keep one of the two`);
    this.names.set(name, line);
    const rule = ruleOf({ about, pattern });
    if (rule !== undefined && !/^[a-z\d]+(-[a-z\d]+)*$/.test(rule)) {
      this.fault(line, `'${rule}' cannot be a rule's id: see 'pycache-spec rules'`);
    }
    if (about === 'fault' && rule === pattern) {
      this.fault(
        line,
        `'${name}' does not say which parts differ: write 'fault RULE in PARTS', as an update does`,
      );
    }
  }

  private field(name: string, value: string, text: string, line: number): void {
    if (this.begun === undefined) {
      const empty = this.entries.length === 0 ? '' : ', and no empty line within it';
      return this.fault(
        line,
        `'${name}' belongs to no entry: put 'rule ID', 'fault RULE in PARTS' or 'call PATTERN' above it${empty}`,
      );
    }
    const { lines, fields } = this.begun;
    lines.push(...this.waiting, text);
    this.waiting = [];
    const key = keys.find((one) => one === name);
    if (key === undefined) return this.fault(line, `'${name}' is not a key: use one of ${keys.join(', ')}`);
    if (key === 'call' || key === 'also') return this.shown(key, value, line);
    if (fields.has(key)) return this.fault(line, `this entry has a second '${key}': keep one of the two`);
    fields.set(key, { line, value });
  }

  private shown(key: 'call' | 'also', value: string, line: number): void {
    const { about, pattern, shown } = this.begun!;
    if (about !== 'fault') return this.fault(line, `only a fault has '${key}': remove this line`);
    const [, way = '', call = value] = key === 'also' ? (alsoPattern.exec(value) ?? []) : [];
    if (key === 'also' && way === '') {
      return this.fault(
        line,
        "'also' needs the parts that differ, and a call: 'also: stem: cache_from_source(…)'",
      );
    }
    try {
      parseCall(call);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return this.fault(line, `the call cannot be read: ${error.message}`);
    }
    shown.push({ call, way: key === 'call' ? wayIn(pattern) : way });
  }

  /** Ends the current entry, if there is one. */
  private finish(): void {
    if (this.waiting.length > 0) this.comments.push(this.waiting);
    this.waiting = [];
    const { begun } = this;
    this.begun = undefined;
    if (begun === undefined) return;
    const { about, pattern, line, lines, shown } = begun;
    const value = (key: Key): string | null => this.checked(key, begun.fields.get(key), begun);
    const kind = this.kindOf(begun);
    const [reason, issue, fails, until] = [value('reason'), value('issue'), value('fails'), value('until')];
    if (about === 'fault' && shown.length === 0 && !this.problems.some((one) => one.line > line)) {
      this.fault(line, `'${nameOf(begun)}' has no call that shows it: add one, as an update does`);
    }
    if (kind === undefined) return;
    this.entries.push({
      about,
      pattern,
      kind,
      reason: reason ?? '',
      issue,
      fails,
      until,
      shown,
      line,
      lines,
    });
  }

  private kindOf({ about, pattern, line, fields }: Begun): Kind | undefined {
    const given = fields.get('kind');
    const kind = kinds.find((one) => one === given?.value);
    const name = nameOf({ about, pattern });
    if (given === undefined) this.fault(line, `'${name}' has no kind: use one of ${kinds.join(', ')}`);
    else if (kind === undefined)
      this.fault(given.line, `'${given.value}' is not a kind: use one of ${kinds.join(', ')}`);
    if (kind === 'flaky' && !fields.has('until')) {
      this.fault(line, `'${name}' is flaky but has no end: give its last day, such as 'until: 2027-03-01'`);
    }
    if (kind === 'unsupported' && about !== 'rule') {
      this.fault(line, `a call that failed was supported: name the rule instead, or use another kind`);
    }
    const fails = fields.get('fails');
    if (about === 'fault' && fails !== undefined) {
      this.fault(fails.line, "the first line of a fault says how it fails: remove 'fails'");
    }
    if (about === 'fault' && kind === 'flaky') {
      this.fault(line, 'a fault is identified by calls that fail every time: name the rule instead');
    }
    if (kind === 'unsupported' && fails !== undefined) {
      this.fault(fails.line, `what is unsupported does not fail: remove this line, or use another kind`);
    }
    return kind;
  }

  /** The value of a key; null if the key is missing or empty. */
  private checked(key: Key, field: Field | undefined, { about, pattern, line }: Begun): string | null {
    if (field === undefined) {
      if (key === 'reason')
        this.fault(line, `'${nameOf({ about, pattern })}' has no reason: say why it fails`);
      return null;
    }
    if (field.value === '') {
      const filledInLater = key === 'reason' || key === 'until';
      if (!(this.drafts && filledInLater)) this.fault(field.line, emptyValue[key]);
      return null;
    }
    if (key === 'until' && !isDate(field.value)) {
      this.fault(field.line, `'${field.value}' is not a date: write year, month and day, such as 2027-03-01`);
    }
    return field.value;
  }

  private fault(line: number, text: string): void {
    this.problems.push({ line, text });
  }
}

const emptyValue: Readonly<Record<Key, string>> = {
  kind: '',
  call: '',
  also: '',
  reason: 'the reason is empty: say why it fails',
  issue: "'issue' is empty: fill it in, or remove this line",
  fails: "'fails' is empty: say how the call fails, or remove this line",
  until: "'until' is empty: give the last day on which this is valid, such as 2027-03-01",
};

/** What is wrong with a line that is neither an entry's name nor a key. */
function whatIsWrong(text: string): string {
  const [, indent, first, colon] = /^(\s*)([^\s:]*)(:?)/.exec(text)!;
  const isName = first === 'rule' || first === 'call' || first === 'fault';
  if (indent === '' && isName) {
    return `'${first}' is incomplete: write 'rule ID', 'fault RULE in PARTS' or 'call PATTERN' on one line`;
  }
  if (indent !== '' && isName) return 'an entry begins at the margin: unindent it';
  if (colon === ':' && first !== '') return `'${first}' must be indented by two spaces`;
  return indent === ''
    ? "an entry begins with 'rule ID', 'fault RULE in PARTS' or 'call PATTERN', and a comment with '#'"
    : "the lines of an entry have the form 'KEY: VALUE', with each value on one line";
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
