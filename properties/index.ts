/* The rules as executable data, one file per chapter of spec/. */
import type fc from 'fast-check';
import { laws as callLaws } from './1-call.ts';
import { laws as pathLaws } from './2-path.ts';
import { laws as cacheTagLaws } from './3-cache-tag.ts';
import { laws as optimizationLaws } from './4-optimization.ts';
import { laws as debugOverrideLaws } from './5-debug-override.ts';
import { laws as pathLikeLaws } from './6-path-like.ts';
import { laws as orderLaws } from './7-order.ts';
import { laws as pycachePrefixLaws } from './8-pycache-prefix.ts';
import { laws as windowsLaws } from './9-windows.ts';
import { laws as sourceFromCacheLaws } from './10-source-from-cache.ts';
import { callsBack, smallCallsBack } from './inputs/bytecode.ts';
import { callsAbout, type Topic } from './inputs/calls.ts';
import {
  smallArguments,
  smallOptimizations,
  smallOverrides,
  smallPathValues,
  smallPaths,
  smallPrefixes,
} from './inputs/small.ts';
import type { Difference, Part } from './parts.ts';
import type { Law } from './property.ts';
import type { Scope } from './scope.ts';
import type { Seen } from './seen.ts';
import type { Call, FunctionName } from '../src/python/call.ts';

export { Broken } from './expect.ts';
export { plainFile } from './inputs/bytecode.ts';
export { differenceOf, pieces, type Difference, type Part } from './parts.ts';
export type { Law, Told } from './property.ts';
export type { Case, Scope } from './scope.ts';
export { Seen, withPath, withState } from './seen.ts';

/** A chapter's laws, and the calls for which the subject is compared with the reference beyond the laws. */
export type ChapterProperties = {
  /** The name of the chapter's file, without extension. */
  readonly chapter: string;
  readonly function: FunctionName;
  readonly laws: readonly Law[];
  readonly calls: (scope: Scope) => fc.Arbitrary<Call>;
  /** Calls that are all made in every check. */
  readonly small: (scope: Scope) => Call[];
};

const chapter = (
  name: string,
  laws: readonly Law[],
  topic: Topic,
  small: (scope: Scope) => Call[] = () => [],
): ChapterProperties => ({
  chapter: name,
  function: 'cache_from_source',
  laws,
  calls: (scope) => callsAbout(topic, scope),
  small,
});

/** Chapter 9 is only about Windows, the others are about both platforms. */
const onPosix =
  (small: (scope: Scope) => Call[]) =>
  (scope: Scope): Call[] =>
    scope.platform === 'posix' ? small(scope) : [];
const onWindows = (scope: Scope): Call[] =>
  scope.platform === 'win32' ? [...smallPaths(scope), ...smallPrefixes(scope)] : [];

export const properties: readonly ChapterProperties[] = [
  chapter('1-call', callLaws, 'call', smallArguments),
  chapter('2-path', pathLaws, 'path', onPosix(smallPaths)),
  chapter('3-cache-tag', cacheTagLaws, 'cacheTag'),
  chapter('4-optimization', optimizationLaws, 'optimization', smallOptimizations),
  chapter('5-debug-override', debugOverrideLaws, 'debugOverride', smallOverrides),
  chapter('6-path-like', pathLikeLaws, 'pathLike', smallPathValues),
  chapter('7-order', orderLaws, 'order'),
  chapter('8-pycache-prefix', pycachePrefixLaws, 'pycachePrefix', onPosix(smallPrefixes)),
  chapter('9-windows', windowsLaws, 'windows', onWindows),
  {
    chapter: '10-source-from-cache',
    function: 'source_from_cache',
    laws: sourceFromCacheLaws,
    calls: callsBack,
    small: smallCallsBack,
  },
];

/** The chapters about a function. */
export const chaptersOf = (name: FunctionName): readonly string[] =>
  properties.filter((one) => one.function === name).map(({ chapter }) => chapter);

const allLaws: readonly Law[] = properties.flatMap((chapter) => chapter.laws);

/** The parts of an outcome that each rule decides, for the rules that decide some. */
export type Say = ReadonlyMap<string, readonly Part[]>;

/**
 * The rules that decide parts of a call's outcome, in the order of the chapters.
 * @param applies whether a rule applies to the target
 */
export function sayOf(seen: Seen, applies: (rule: string) => boolean): Say {
  const say = new Map<string, readonly Part[]>();
  for (const { rule, decides } of allLaws) {
    if (!applies(rule)) continue;
    const parts = decides(seen);
    if (parts.length > 0) say.set(rule, parts);
  }
  return say;
}

/**
 * Of the rules in `say`, those whose statement the outcome makes false. If there are none, those that concern the
 * difference but allow it.
 */
export function suspectsIn(seen: Seen, say: Say, difference: Difference): Set<string> {
  const [suspects, others] = [new Set<string>(), new Set<string>()];
  for (const { rule, forbids, allows } of allLaws) {
    if (say.get(rule)?.some((part) => difference.parts.has(part)) !== true) continue;
    if (forbids?.(difference, seen) === false) continue;
    (allows?.(difference, seen) === true ? others : suspects).add(rule);
  }
  return suspects.size > 0 ? suspects : others;
}

const lawOf = new Map(allLaws.map((law) => [law.rule, law]));

/** The parts that a rule decides. */
export const decidedBy = (rule: string, seen: Seen): readonly Part[] => lawOf.get(rule)?.decides(seen) ?? [];

/** Whether a rule defines which outcomes it forbids. */
export const isTelling = (rule: string): boolean => lawOf.get(rule)?.forbids !== undefined;

/** The twin of a call: what the rule decides must be the same in both. */
export const twinOf = (rule: string, seen: Seen): Call | undefined => lawOf.get(rule)?.twin?.(seen);

/** A plainer call, about which the rule says no less. */
export const controlOf = (rule: string, seen: Seen): Call | undefined => lawOf.get(rule)?.control?.(seen);
