/*
 * The failing calls of a run with a list of known failures. Calls that match an entry are set aside and examined
 * separately. A fault in the list excuses only similar calls. Of all other calls, some of each kind are shrunk one by
 * one, and those that do not lead to a known fault are reported.
 */
import type { Difference } from '../../../properties/index.ts';
import type { Call, Outcome } from '../../python/call.ts';
import { parseCall } from '../../python/source.ts';
import type { Target } from '../../reference.ts';
import { Around } from '../blame/around.ts';
import { plainCalls, type PlainCalls } from '../blame/cost.ts';
import type { Blame, Fault, Found, Weighed } from '../blame/fault.ts';
import { faultsIn, weighed } from '../blame/faults.ts';
import { Findings, type Failing } from '../blame/findings.ts';
import type { Hello } from '../features.ts';
import { asClaimed } from '../judge.ts';
import { callText } from '../codec.ts';
import type { Excuses, ListedFault } from './excuses.ts';
import { aspectsOf, editOf, formOf, wayText } from './likeness.ts';

/** A fault, and the entry for which it was set aside. */
export type Told = { readonly fault: Fault; readonly known: string | null };

/** The factor for the limits when all failures must be compared with a list. */
const patience = 5;
/**
 * The calls shrunk of each kind and of all kinds, the length in characters from which a call is long, and the calls
 * examined as new faults.
 */
const ofEachKind = 4;
const mostLookedAt = 120;
const long = 250;
const mostStrange = 60;
/** After this many new faults, no more are looked for. */
const mostNew = 6;

/** The property of calls that come from the list. */
const ofTheList = 'the list of known failures';

/** A failing call that shows no fault in the list. */
type Stranger = Found & Pick<Failing, 'property'>;

export class SetAside {
  /** The failing calls that no entry with a pattern matches. */
  readonly findings: Findings;
  private readonly byEntry = new Map<string, Findings>();
  private readonly excuses: Excuses;
  private readonly target: Target;
  private readonly hello: Hello;
  private readonly thorough: boolean;

  constructor(excuses: Excuses, target: Target, hello: Hello, thorough: boolean) {
    this.excuses = excuses;
    this.target = target;
    this.hello = hello;
    this.thorough = thorough;
    this.findings = this.noFindings();
  }

  private noFindings(): Findings {
    return new Findings(this.target, this.hello);
  }

  /** The entry whose pattern a failing call matches. */
  entryOf(call: Call, outcome: Outcome): string | undefined {
    return this.excuses.entryOf(call, asClaimed(outcome, this.hello.supports));
  }

  fail(failing: Failing): void {
    const entry = this.entryOf(failing.call, failing.outcome);
    if (entry === undefined) return this.findings.fail(failing);
    const own = this.byEntry.get(entry) ?? this.noFindings();
    this.byEntry.set(entry, own);
    own.fail(failing);
  }

  pass(call: Call): void {
    this.findings.pass(call);
  }

  get failed(): number {
    let sum = this.findings.failed;
    for (const { failed } of this.byEntry.values()) sum += failed;
    return sum;
  }

  /** The faults behind all failing calls. */
  async faults(blame: Omit<Blame, 'findings'>): Promise<Told[]> {
    const told = await this.beside(blame);
    for (const [entry, findings] of this.byEntry) {
      for (const call of this.findings.passing()) findings.pass(call);
      const faults = await faultsIn({
        ...blame,
        findings,
        ask: this.asking(blame, (call, outcome) => this.entryOf(call, outcome) === entry),
      });
      told.push(...faults.map((fault) => ({ fault, known: entry })));
    }
    return told;
  }

  /** Asks calls. A failing call that is not wanted counts as not asked. */
  private asking(
    { ask }: Pick<Blame, 'ask'>,
    wants: (call: Call, outcome: Outcome, difference: Difference) => boolean,
  ): Blame['ask'] {
    return async (calls) =>
      (await ask(calls)).map((one) =>
        one?.difference === undefined || wants(one.call, one.outcome, one.difference) ? one : undefined,
      );
  }

  /** The faults behind the failing calls that no pattern matches. */
  private async beside(given: Omit<Blame, 'findings'>): Promise<Told[]> {
    const { findings } = this;
    const isWatched = this.thorough || this.excuses.faults.length > 0;
    const blame: Blame = {
      ...given,
      findings,
      ask: this.asking(given, (call, outcome) => this.entryOf(call, outcome) === undefined),
      ...(isWatched ? { patience } : {}),
    };
    const around = new Around(blame);
    const known = await KnownFaults.asked(this.excuses.faults, blame, around);
    for (const { call, outcome } of known.otherwise) {
      findings.fail({ call, outcome, before: [], property: ofTheList });
    }
    if (findings.failed === 0) return [];
    const failing = weighed(blame);
    const told = (await faultsIn(blame, failing, around)).map((fault): Told => ({
      fault,
      known: known.of(fault),
    }));
    const news = (): number =>
      told.filter((one) => one.known === null && !this.excuses.rules.has(one.fault.rule)).length;
    if (known.isEmpty || news() > 0) return [...told, ...known.untold(told)];
    const strange = [...known.strangers, ...(await strangersIn(failing, known, around))];
    for (const one of strange.slice(0, mostStrange)) {
      if (news() >= mostNew) break;
      const alone = this.noFindings();
      for (const call of findings.passing()) alone.pass(call);
      alone.fail({ ...one, before: [] });
      const [fault] = await faultsIn({
        ...blame,
        patience: 1,
        findings: alone,
        ask: this.asking(blame, (call, _, difference) => known.entryOf({ call, difference }) === undefined),
      });
      const isTold = told.some((other) => other.known === null && other.fault.rule === fault?.rule);
      if (fault !== undefined && !isTold) told.push({ fault, known: known.of(fault) });
    }
    return [...told, ...known.untold(told)];
  }
}

type Listed = ListedFault & {
  /** Its calls that still fail as the entry says. */
  readonly live: Live[];
};
type Live = {
  readonly found: Found;
  readonly way: string;
  readonly form: string;
  readonly edit: string | undefined;
  readonly aspects: ReadonlyMap<string, string>;
};

/** The faults in the list whose own calls still show them. */
class KnownFaults {
  private readonly listed: readonly Listed[];
  private readonly plainOf: PlainCalls;
  private readonly around: Around;
  /** Calls in the list that fail in another way than it says. */
  readonly otherwise: Found[] = [];

  private constructor(listed: readonly ListedFault[], blame: Blame, around: Around) {
    this.listed = listed.map((one) => ({ ...one, live: [] }));
    this.plainOf = plainCalls(blame.target, blame.hello);
    this.around = around;
  }

  /** Asks the calls in the list. */
  static async asked(faults: readonly ListedFault[], blame: Blame, around: Around): Promise<KnownFaults> {
    const known = new KnownFaults(faults, blame, around);
    for (const one of known.listed) {
      for (const { call: source, way } of one.shown) {
        const { target: _, state, ...asked } = parseCall(source);
        const plain = known.plainOf(asked);
        const [found] = await around.ask([{ ...asked, state: { ...plain.state, ...state } }]);
        if (found?.difference === undefined) continue;
        const { call, outcome, difference } = found;
        if (wayText(call, difference) === way) {
          one.live.push({
            found: { call, outcome, difference },
            way,
            form: formOf(call, plain),
            edit: editOf(difference),
            aspects: aspectsOf(call, plain),
          });
        } else known.otherwise.push({ call, outcome, difference });
      }
    }
    return known;
  }

  formOf(call: Call): string {
    return formOf(call, this.plainOf(call));
  }

  /** Those of them that show no other fault in the list. */
  get strangers(): Stranger[] {
    return this.otherwise
      .filter((found) => this.entryOf(found) === undefined)
      .map((found) => ({ ...found, property: ofTheList }));
  }

  get isEmpty(): boolean {
    return this.listed.every(({ live }) => live.length === 0);
  }

  /** The entry whose fault a failing call shows. */
  entryOf(
    { call, difference }: Pick<Found, 'call' | 'difference'>,
    suspects: () => ReadonlySet<string> = () => this.around.suspects({ call, difference }),
  ): string | undefined {
    const way = wayText(call, difference);
    const plain = this.plainOf(call);
    const form = formOf(call, plain);
    const edit = editOf(difference);
    const aspects = aspectsOf(call, plain);
    const { got } = difference;
    const raised = got.kind === 'raise' ? got.type : undefined;
    const has = (one: Live): boolean =>
      one.aspects.size > 0 && [...one.aspects].every(([name, own]) => aspects.get(name) === own);
    const isAlike = (rule: string, one: Live): boolean =>
      (one.way === way &&
        (one.form === form || (edit !== undefined && one.edit === edit && suspects().has(rule)))) ||
      // An exception is raised no matter what the result would have been.
      (raised !== undefined &&
        one.found.difference.got.kind === 'raise' &&
        one.found.difference.got.type === raised &&
        has(one));
    return this.listed.find(({ rule, live }) => live.some((one) => isAlike(rule, one)))?.entry;
  }

  of({ calls, difference, flaky }: Fault): string | null {
    if (flaky || calls.length !== 1) return null;
    return this.entryOf({ call: calls[0]!, difference }) ?? null;
  }

  /** The faults in the list that still show and have not been reported. */
  untold(told: readonly Told[]): Told[] {
    const entries = new Set(told.map(({ known }) => known));
    return this.listed.flatMap(({ entry, rule, live: [first] }): Told[] => {
      if (first === undefined || entries.has(entry)) return [];
      const shown = first.found;
      return [
        {
          known: entry,
          fault: {
            rule,
            broken: false,
            calls: [shown.call],
            outcomes: [shown.outcome],
            difference: shown.difference,
            whatever: [],
            explains: 0,
            touches: [],
            property: ofTheList,
            flaky: false,
          },
        },
      ];
    });
  }
}

/** Calls of one kind differ in the same way. */
const kindOf = ({ call, difference }: Weighed): string =>
  `${wayText(call, difference)} ${editOf(difference)}`;

/** Shrinks some failing calls of each kind, and returns those that do not lead to a known fault. */
async function strangersIn(
  failing: readonly Weighed[],
  known: KnownFaults,
  around: Around,
): Promise<Stranger[]> {
  const kinds = new Map<string, Weighed[]>();
  const isLong = ({ call }: Weighed): boolean => callText(call).length > long;
  // A long call takes long to shrink and shows nothing new.
  for (const one of [...failing.filter((call) => !isLong(call)), ...failing.filter(isLong)]) {
    if (isLong(one) && kinds.has(kindOf(one))) continue;
    if (known.entryOf(one, () => one.suspects) !== undefined) continue;
    const kind = kindOf(one);
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  const strange = new Map<string, Stranger>();
  let looked = 0;
  for (let turn = 0; turn < ofEachKind; turn++) {
    for (const ones of kinds.values()) {
      if (looked >= mostLookedAt || turn >= ones.length) continue;
      looked++;
      // The first call, the last one, and some between.
      const at =
        turn === 0 ? 0 : turn === 1 ? ones.length - 1 : Math.floor((ones.length * (turn - 1)) / ofEachKind);
      const start = ones[at]!;
      const isKnown = (found: Found): boolean => known.entryOf(found) !== undefined;
      const smallest = await around.smallest(start, undefined, isKnown);
      if (smallest === undefined || isKnown(smallest)) continue;
      strange.set(
        JSON.stringify([wayText(smallest.call, smallest.difference), known.formOf(smallest.call)]),
        {
          ...smallest,
          property: start.property,
        },
      );
    }
  }
  return [...strange.values()];
}
