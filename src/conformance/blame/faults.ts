/*
 * Finds what is wrong in a subject, as far as its outcomes show. All failing calls of a run are examined together. The
 * simplest is shrunk as far as possible, and calls similar to it show which rule accounts for the failure. A rule is
 * suspected only for the parts that it decides. It is broken if its own statement is false of an answered call: a part
 * that it decides differs there, and also in the similar calls for which the rule decides that part, and in no others.
 */
import { functionOf, functions } from '../../python/call.ts';
import { judge } from '../judge.ts';
import { sayIn, suspectsOf } from '../deciding.ts';
import { Around, lookedAt } from './around.ts';
import {
  isMessageAlone,
  remembers,
  steadyRuleOf,
  wayOf,
  type Blame,
  type Fault,
  type Weighed,
} from './fault.ts';
import { Memory } from './memory.ts';
import { Suspicion } from './suspicion.ts';
import { Totals } from './totals.ts';

/** Limits on the faults reported, and on the failing calls shrunk to find them. */
const mostFaults = 12;
const mostShrunk = 40;
/** A limit on the calls asked to find causes. More would not help a reader. */
const mostAsked = 10_000;

/** The failing calls, each with its difference and the rules that may be to blame. */
export const weighed = ({ findings, target, hello }: Blame): Weighed[] =>
  findings.failing().flatMap((failing): Weighed[] => {
    const { call, outcome } = failing;
    const difference = judge(call, outcome, target, hello.supports);
    if (difference === undefined) return [];
    const say = sayIn(call, target);
    return [{ ...failing, difference, say, suspects: suspectsOf(call, target, say, difference) }];
  });

/**
 * The faults behind the failing calls, function by function. Within a function, the most severe come first, and of
 * equally severe ones the likeliest.
 */
export async function faultsIn(
  blame: Blame,
  failing: readonly Weighed[] = weighed(blame),
  around: Around = new Around(blame),
): Promise<Fault[]> {
  const found: Fault[] = [];
  for (const name of functions) {
    const own = failing.filter(({ call }) => functionOf(call) === name);
    found.push(...(await faultsOf(blame, own, around)));
  }
  return found;
}

/** @param failing calls of one function */
async function faultsOf(blame: Blame, failing: readonly Weighed[], around: Around): Promise<Fault[]> {
  const { findings, patience = 1 } = blame;
  let left = [...failing];
  // Any fault can also change a message, so calls of which only the message differs come last.
  left = [...left.filter((one) => !isMessageAlone(one)), ...left.filter(isMessageAlone)];
  if (left.length === 0) return [];
  const total = new Totals(left, findings.passing(), blame.target);
  const suspicion = new Suspicion(around, total);
  const memory = new Memory(around);
  const faults: Fault[] = [];
  const marks = new Map<string, number>();
  const remembering = await memory.find(left);
  if (remembering !== undefined) {
    faults.push(remembering.fault);
    left = [...remembering.left];
  }
  const suspectedFor = (rule: string): number => failing.filter(({ suspects }) => suspects.has(rule)).length;
  const goesOn = (shrunk: number): boolean =>
    shrunk < mostShrunk * patience &&
    faults.length < mostFaults * patience &&
    around.calls < mostAsked * patience;
  for (let shrunk = 0; left.length > 0 && goesOn(shrunk); shrunk++) {
    if (faults.length > 0) {
      const rest = await around.unexplained(left.slice(0, lookedAt), faults);
      for (const [i, more] of rest.explained)
        faults[i] = { ...faults[i]!, explains: faults[i]!.explains + more };
      left = [...rest.left, ...left.slice(lookedAt)];
    }
    const [start] = left;
    if (start === undefined) break;
    const shrunkTo = await around.smallest(start);
    if (shrunkTo === undefined) {
      // The call alone passes.
      const flaky = await memory.unsteady(start);
      const known = faults.find(({ rule }) => rule === flaky.rule);
      if (known === undefined) faults.push(flaky);
      left = left.slice(1);
      continue;
    }
    // The known faults account for the parts that their rules decide.
    const open = new Set(
      [...shrunkTo.difference.parts].filter((part) => !around.decided(shrunkTo.call, faults).has(part)),
    );
    const unexplained = open.size === 0 ? shrunkTo.difference.parts : open;
    const cause = await around.causeOf(shrunkTo, unexplained, faults);
    const likeliest = cause < 0 ? await suspicion.suspect(shrunkTo, unexplained) : undefined;
    const explainedBy = (likely: string): readonly Weighed[] => {
      const named = new Set([likely, ...faults.map(({ rule }) => rule)]);
      return left.filter((one) => one.suspects.has(likely) && isAccountedFor(one, named));
    };
    const other = await suspicion.beside(start, likeliest?.rule ?? faults[cause]!.rule, faults);
    // A known fault is only a part of another one if that explains more.
    const isWider =
      other !== undefined &&
      suspectedFor(other.suspect.rule) > suspectedFor(faults[other.known]!.rule) &&
      explainedBy(other.suspect.rule).length > faults[other.known]!.explains;
    const suspect = isWider ? other.suspect : likeliest;
    if (suspect === undefined) {
      const alike = wayOf(start.difference);
      const same = left.filter((one) => one === start || wayOf(one.difference) === alike);
      faults[cause] = { ...faults[cause]!, explains: faults[cause]!.explains + same.length };
      left = left.filter((one) => !same.includes(one));
      continue;
    }
    const { rule, broken, mark, found: smallest } = suspect;
    const explained = explainedBy(rule);
    const known = faults.findIndex((fault) => fault.rule === rule);
    const way = wayOf(start.difference);
    const gone = new Set([
      ...explained,
      start,
      ...(known >= 0 ? left.filter((one) => wayOf(one.difference) === way) : []),
    ]);
    if (known >= 0) {
      faults[known] = { ...faults[known]!, explains: faults[known]!.explains + gone.size };
    } else {
      const touches = await suspicion.touched(rule, [...gone], smallest, faults);
      faults.push({
        rule,
        broken,
        calls: [smallest.call],
        outcomes: [smallest.outcome],
        difference: smallest.difference,
        whatever: await around.whatever(smallest),
        explains: gone.size,
        touches,
        property: start.property,
        flaky: false,
      });
      marks.set(rule, mark);
      suspicion.know(rule);
      const touched = new Set(touches.map((one) => one.rule));
      for (const one of left)
        if (wayOf(one.difference) === way && isAccountedFor(one, touched)) gone.add(one);
    }
    left = left.filter((one) => !gone.has(one));
  }
  faults.push(...unshrunk(left, total, faults));
  // A fault that shows in a simple call is likelier to be the cause than one that needs an unusual call.
  const likely = ({ rule, explains, calls }: Fault): number =>
    ((marks.get(rule) ?? 1) * Math.sqrt(explains)) / Math.log2(4 + around.costOf(calls.at(-1)!));
  // What is remembered may be the cause of the others.
  return faults.toSorted(
    (a, b) =>
      weightOf(b) - weightOf(a) || Number(remembers(b)) - Number(remembers(a)) || likely(b) - likely(a),
  );
}

/** Faults for the calls that were never shrunk: one for each likeliest rule, with its simplest call. */
function unshrunk(left: readonly Weighed[], total: Totals, faults: readonly Fault[]): Fault[] {
  const known = new Set(faults.map(({ rule }) => rule));
  const more = new Map<string, Fault>();
  for (const { call, outcome, difference, suspects, property } of left) {
    const [rule = steadyRuleOf(call)] = [...suspects].toSorted(
      (a, b) => total.of(b, difference.parts) - total.of(a, difference.parts),
    );
    if (known.has(rule)) continue;
    const before = more.get(rule);
    more.set(
      rule,
      before === undefined
        ? {
            rule,
            broken: false,
            calls: [call],
            outcomes: [outcome],
            difference,
            whatever: [],
            explains: 1,
            touches: [],
            property,
            flaky: false,
          }
        : { ...before, explains: before.explains + 1 },
    );
  }
  return [...more.values()];
}

/** A wrong result weighs more than a wrong warning, and a wrong warning more than a wrong message. */
function weightOf({ difference: { parts } }: Fault): number {
  const lesser = [...parts].filter((part) => part !== 'message');
  if (lesser.length === 0) return 0;
  return lesser.every((part) => part === 'warnings') ? 1 : 2;
}

/** Whether some rules decide everything that differs in a call, and at least one of them is a suspect. */
const isAccountedFor = ({ difference, say, suspects }: Weighed, rules: ReadonlySet<string>): boolean => {
  const decided = new Set([...rules].flatMap((rule) => say.get(rule) ?? []));
  return (
    [...rules].some((rule) => suspects.has(rule)) && [...difference.parts].every((part) => decided.has(part))
  );
};
