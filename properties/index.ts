/* The rules as executable data, a file for each chapter of spec/. */
import type fc from 'fast-check';
import type { Call } from '../src/python/call.ts';
import { laws as callLaws } from './1-call.ts';
import { laws as pathLaws } from './2-path.ts';
import { laws as cacheTagLaws } from './3-cache-tag.ts';
import { laws as optimizationLaws } from './4-optimization.ts';
import { laws as debugOverrideLaws } from './5-debug-override.ts';
import { laws as pathLikeLaws } from './6-path-like.ts';
import { laws as orderLaws } from './7-order.ts';
import { laws as pycachePrefixLaws } from './8-pycache-prefix.ts';
import { laws as windowsLaws } from './9-windows.ts';
import { callsAbout, type Topic } from './inputs/calls.ts';
import { smallOptimizations, smallPaths, smallPrefixes } from './inputs/small.ts';
import type { Law, Scope } from './property.ts';

export { Broken } from './expect.ts';
export type { Case, Scope, Told } from './property.ts';

/** A chapter's laws, and the calls on which it is compared with the reference for what the laws leave open. */
export type ChapterProperties = {
  /** The chapter's file name without its ending. */
  readonly chapter: string;
  readonly laws: readonly Law[];
  readonly calls: (scope: Scope) => fc.Arbitrary<Call>;
  /** Of these every one is asked, every time. */
  readonly small: (scope: Scope) => Call[];
};

const chapter = (
  name: string,
  laws: readonly Law[],
  topic: Topic,
  small: (scope: Scope) => Call[] = () => [],
): ChapterProperties => ({
  chapter: name,
  laws,
  calls: (scope) => callsAbout(topic, scope),
  small,
});

/** Chapter 9 is about the one platform, and the others about both. */
const onPosix =
  (small: (scope: Scope) => Call[]) =>
  (scope: Scope): Call[] =>
    scope.platform === 'posix' ? small(scope) : [];
const onWindows = (scope: Scope): Call[] =>
  scope.platform === 'win32' ? [...smallPaths(scope), ...smallPrefixes(scope)] : [];

export const properties: readonly ChapterProperties[] = [
  chapter('1-call', callLaws, 'call'),
  chapter('2-path', pathLaws, 'path', onPosix(smallPaths)),
  chapter('3-cache-tag', cacheTagLaws, 'cacheTag'),
  chapter('4-optimization', optimizationLaws, 'optimization', smallOptimizations),
  chapter('5-debug-override', debugOverrideLaws, 'debugOverride'),
  chapter('6-path-like', pathLikeLaws, 'pathLike'),
  chapter('7-order', orderLaws, 'order'),
  chapter('8-pycache-prefix', pycachePrefixLaws, 'pycachePrefix', onPosix(smallPrefixes)),
  chapter('9-windows', windowsLaws, 'windows', onWindows),
];
