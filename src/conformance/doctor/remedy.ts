/* What a hello can say, so that its adapter is not asked what it declines or cannot hold. */
import type { Call } from '../../python/call.ts';
import { str } from '../../python/text.ts';
import { EncodingError } from '../codec.ts';
import { refuseContradiction } from '../domain/agreed.ts';
import { encodeDomain } from '../domain/declared.ts';
import { Domain, type Limits } from '../domain/domain.ts';
import { features, featuresOf, type Feature, type Hello } from '../features.ts';
import { claimedRelease, usualState } from './kinds.ts';

/** A kind of value in the call that it was tried in. */
export type Tried = { readonly name: string; readonly call: Call };

/** A domain that is narrower, or a feature that is no longer claimed. */
type Change = { readonly limits: Limits } | { readonly without: Feature };

export type Remedy = {
  /** Parts of a hello, to be put in the place of those that it has. */
  readonly lines: readonly string[];
  /** What is answered, and would not be asked any more. */
  readonly costs: readonly Tried[];
  /** What no part of a hello leaves out. */
  readonly left: readonly Tried[];
};

/** The hello with as few changes as leave out all that is to be left out. */
export function remedyFor(hello: Hello, unwanted: readonly Tried[], wanted: readonly Tried[]): Remedy {
  const changes = changesFor(hello);
  let [now, left, kept] = [hello, unwanted, wanted];
  while (left.length > 0) {
    const all = changes.flatMap((change) => {
      const next = changed(now, change);
      if (next === undefined) return [];
      const stays = ({ call }: Tried): boolean => isAsked(next, call);
      return [{ next, left: left.filter(stays), kept: kept.filter(stays) }];
    });
    const [best] = all.toSorted((a, b) => a.left.length - b.left.length || b.kept.length - a.kept.length);
    if (best === undefined || best.left.length === left.length) break;
    ({ next: now, left, kept } = best);
  }
  return { lines: linesOf(hello, now), costs: wanted.filter((one) => !kept.includes(one)), left };
}

/** The part of a hello that declares a domain. */
export const domainLine = (domain: Domain): string => `"domain":${JSON.stringify(encodeDomain(domain))}`;

/** Domains of implementations that decline the plainest call. */
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
/** Without these a hello has to say what they are fixed at. */
const needed: ReadonlySet<Feature> = new Set(['cache_tag', 'optimize', 'cwd']);

/** The first of those that leave out the same is taken. */
function changesFor(hello: Hello): Change[] {
  const { cacheTag, optimize, cwd } = usualState(hello);
  return [
    { limits: { characters: 'text' } },
    { limits: { characters: 'ascii' } },
    { limits: { optimization: [null, str(''), 1n, 2n] } },
    { limits: { optimization: [null, str(''), str('1'), str('2')] } },
    { limits: { cacheTag: [cacheTag] } },
    { limits: { optimize: [optimize] } },
    { limits: { cwd: [cwd] } },
    ...features.filter((one) => hello.supports.has(one) && !needed.has(one)).map((without) => ({ without })),
  ];
}

/** @returns undefined where the hello would contradict itself */
function changed(hello: Hello, change: Change): Hello | undefined {
  const next =
    'without' in change
      ? { ...hello, supports: new Set([...hello.supports].filter((one) => one !== change.without)) }
      : { ...hello, domain: hello.domain.narrowedBy(new Domain(change.limits, hello.platform)) };
  const { domain } = next;
  if (domain === undefined) return undefined;
  try {
    refuseContradiction({ ...next, domain });
    return { ...next, domain };
  } catch (error) {
    if (error instanceof EncodingError) return undefined;
    throw error;
  }
}

const isAsked = (hello: Hello, call: Call): boolean =>
  hello.domain.holds(call) &&
  [...featuresOf(call, hello.fixed, claimedRelease(hello))].every((feature) => hello.supports.has(feature));

const linesOf = (before: Hello, after: Hello): string[] => [
  ...(after.supports.size === before.supports.size
    ? []
    : [`"supports":${JSON.stringify(features.filter((one) => after.supports.has(one)))}`]),
  ...(after.domain === before.domain ? [] : [domainLine(after.domain)]),
];
