/* What a hello can declare so that its adapter is not asked what it declines or cannot represent. */
import type { Call } from '../../python/call.ts';
import { Str, str } from '../../python/text.ts';
import { EncodingError } from '../codec.ts';
import { refuseContradiction } from '../domain/agreed.ts';
import { encodeDomain } from '../domain/declared.ts';
import { Domain, type Limits } from '../domain/domain.ts';
import { features, featuresOf, type Feature, type Hello } from '../features.ts';
import { claimedRelease, hasWayThere, usualState } from './kinds.ts';

/** A kind of value, in the call in which it was tried. */
export type Tried = { readonly name: string; readonly call: Call };

/** Narrows the domain, or withdraws a feature. */
type Change = { readonly limits: Limits } | { readonly without: Feature };

export type Remedy = {
  /** Parts of a hello, which replace the parts it has. */
  readonly lines: readonly string[];
  /** Kinds that the adapter answers, and would no longer be asked. */
  readonly costs: readonly Tried[];
  /** Kinds that no change leaves out. */
  readonly left: readonly Tried[];
};

/** The changes to a hello that leave out the most unwanted kinds, and as few wanted ones as possible. */
export function remedyFor(hello: Hello, unwanted: readonly Tried[], wanted: readonly Tried[]): Remedy {
  const useful = changesFor(hello).filter((change) => unwanted.some((one) => leavesOut(change, one, hello)));
  const stayingWith = (changes: readonly Change[], some: readonly Tried[]): Tried[] =>
    some.filter((one) => !changes.some((change) => leavesOut(change, one, hello)));
  const all = someOf(useful)
    .map((changes) => ({
      changes,
      left: stayingWith(changes, unwanted),
      kept: stayingWith(changes, wanted),
    }))
    .toSorted(
      (one, other) =>
        one.left.length - other.left.length ||
        other.kept.length - one.kept.length ||
        one.changes.length - other.changes.length,
    );
  for (const { changes, left, kept } of all) {
    const next = changed(hello, changes);
    if (next !== undefined)
      return { lines: linesOf(hello, next), costs: wanted.filter((one) => !kept.includes(one)), left };
  }
  return { lines: [], costs: [], left: unwanted };
}

const most = 4;
/** All subsets with at most `few` items, those with earlier items first. */
function someOf<T>(items: readonly T[], few = most): T[][] {
  if (few === 0) return [[]];
  return [
    [],
    ...items.flatMap((item, i) => someOf(items.slice(i + 1), few - 1).map((rest) => [item, ...rest])),
  ];
}

function leavesOut(change: Change, { call }: Tried, hello: Hello): boolean {
  if ('without' in change) return featuresOf(call, hello.fixed, claimedRelease(hello)).has(change.without);
  const { limits } = change;
  // A limit on paths is not a way to leave out values that are not str.
  const isAbout = limits.path === undefined || call.args[0] instanceof Str;
  return isAbout && !new Domain(limits, hello.platform).holds(call);
}

/** The part of a hello that declares a domain. */
export const domainLine = (domain: Domain): string => `"domain":${JSON.stringify(encodeDomain(domain))}`;

/** Domains to try with an implementation that declines the plainest call. */
export function usualDomains({ supports, domain }: Hello): Domain[] {
  const absolute: Limits = { path: { form: 'absolute' } };
  const installed: Limits = { path: { form: 'absolute', normalized: true, nested: true } };
  const some = [
    absolute,
    installed,
    ...(supports.has('optimization')
      ? [levels, { ...absolute, ...levels }, { ...installed, ...levels }]
      : []),
  ];
  return some.flatMap((limits) => domain.narrowedBy(new Domain(limits, domain.platform)) ?? []);
}

const levels: Limits = { optimization: [str(''), 1n, 2n] };
/** Without one of these features, a hello must give the fixed value. */
const needed: ReadonlySet<Feature> = new Set(['cache_tag', 'optimize', 'cwd']);

const ofSources: readonly Limits[] = [
  { path: { suffixes: ['.py'] } },
  { path: { suffixes: ['.py'], names: 'identifier' } },
  { optimization: [null, 1n, 2n] },
  { optimization: [null, str(''), 1n, 2n] },
  { optimization: [null, str(''), str('1'), str('2')] },
];
const ofBytecode: readonly Limits[] = [{ path: { suffixes: ['.pyc'] } }];

function changesFor(hello: Hello): Change[] {
  const { cacheTag, optimize, cwd } = usualState(hello);
  return [
    { limits: { characters: 'text' } },
    { limits: { characters: 'ascii' } },
    ...(hasWayThere(hello) ? ofSources : ofBytecode).map((limits) => ({ limits })),
    { limits: { cacheTag: [cacheTag] } },
    { limits: { optimize: [optimize] } },
    { limits: { cwd: [cwd] } },
    ...features.filter((one) => hello.supports.has(one) && !needed.has(one)).map((without) => ({ without })),
  ];
}

/** @returns undefined if the hello would contradict itself */
function changed(hello: Hello, changes: readonly Change[]): Hello | undefined {
  const supports = new Set(hello.supports);
  let domain: Domain | undefined = hello.domain;
  for (const change of changes) {
    if ('without' in change) supports.delete(change.without);
    else domain = domain?.narrowedBy(new Domain(change.limits, hello.platform));
  }
  if (domain === undefined) return undefined;
  const next = { ...hello, supports, domain };
  try {
    refuseContradiction(next);
    return next;
  } catch (error) {
    if (error instanceof EncodingError) return undefined;
    throw error;
  }
}

const linesOf = (before: Hello, after: Hello): string[] => [
  ...(after.supports.size === before.supports.size
    ? []
    : [`"supports":${JSON.stringify(features.filter((one) => after.supports.has(one)))}`]),
  ...(after.domain === before.domain ? [] : [domainLine(after.domain)]),
];
