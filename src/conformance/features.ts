import type { Case } from '../../properties/index.ts';
import type { Call, FunctionName } from '../python/call.ts';
import type { Platform, State } from '../python/interpreter.ts';
import type { Release, Version } from '../python/releases.ts';
import { sameValue, type Answer, type Value } from '../python/values.ts';
import type { Domain } from './domain/domain.ts';

/** What an adapter may support. spec/protocol.md says what each feature means. */
export const features = [
  'optimization',
  'debug_override',
  'path_like',
  'pycache_prefix',
  'cache_tag',
  'optimize',
  'cwd',
  'removed_cwd',
  'warnings',
  'messages',
  'python_calls',
  'objects',
  'values',
] as const;
export type Feature = (typeof features)[number];

/** Who answers, and for which interpreter. */
export type Hello = {
  readonly implementation: { readonly name: string; readonly version: string };
  /** The CPython release whose behaviour it claims. */
  readonly python: Version;
  readonly platform: Platform;
  /** The functions it answers: both, or one. */
  readonly functions: readonly FunctionName[];
  readonly supports: ReadonlySet<Feature>;
  /** The parts of the interpreter's state that it cannot set, with their values. */
  readonly fixed: Partial<State>;
  /** The calls that it is for. */
  readonly domain: Domain;
};

/**
 * The features that a subject needs to answer a call. An argument that the release does not accept needs
 * `python_calls`, like any unexpected argument.
 */
export function featuresOf(
  { function: name, state, args, kwargs }: Call,
  fixed: Partial<State>,
  release: Release,
): Set<Feature> {
  const takes: Record<string, boolean> =
    name === 'source_from_cache'
      ? {}
      : {
          debug_override: !release.has('no-debug-override'),
          optimization: release.has('optimization'),
        };
  const needed = new Set<Feature>();
  const need = (feature: Feature, needs: boolean): void => {
    if (needs) needed.add(feature);
  };
  need('python_calls', args.length !== 1 || kwargs.some(([name]) => takes[name] !== true));
  need('debug_override', args.length > 1 && takes['debug_override'] === true);
  args.forEach((value, position) => needValue(value, position === 0, need));
  for (const [name, value] of kwargs) {
    need('optimization', name === 'optimization' && takes[name] === true);
    need('debug_override', name === 'debug_override' && takes[name] === true);
    if (name === 'optimization') need('values', typeof value === 'boolean');
    needValue(value, name === 'path', need);
  }
  need('cache_tag', fixed.cacheTag !== undefined && !sameValue(fixed.cacheTag, state.cacheTag));
  need('optimize', fixed.optimize !== undefined && fixed.optimize !== state.optimize);
  need('pycache_prefix', state.pycachePrefix !== null);
  // `source_from_cache` does not use the working directory.
  need(
    'cwd',
    name === undefined &&
      state.pycachePrefix !== null &&
      !(fixed.cwd !== undefined && sameValue(fixed.cwd, state.cwd)),
  );
  need('removed_cwd', state.cwd === null);
  return needed;
}

type Need = (feature: Feature, needs: boolean) => void;

function needValue(value: Value, isPath: boolean, need: Need): void {
  if (value === null || typeof value !== 'object') {
    need('values', isPath);
    return;
  }
  switch (value.kind) {
    case 'str':
      return;
    case 'path':
      need('path_like', isPath);
      need('values', !isPath);
      needAnswer(value.fspath, need);
      return;
    case 'object':
      need('objects', true);
      return;
    case 'list':
    case 'tuple':
      need('values', true);
      for (const item of value.items) needValue(item, false, need);
      return;
    case 'float':
    case 'bytes':
      need('values', true);
  }
}

function needAnswer(answer: Answer, need: Need): void {
  const kind = answer !== null && typeof answer === 'object' ? answer.kind : 'plain';
  if (kind === 'raise' || kind === 'sequence') need('objects', true);
  else {
    need('values', kind === 'path');
    needValue(answer as Value, true, need);
  }
}

/** The features that a case needs and the subject lacks. */
export const missingFrom = (
  { supports, fixed }: Hello,
  release: Release,
): ((one: Case) => readonly Feature[]) => {
  // A shortcut: most subjects support everything.
  if (features.every((feature) => supports.has(feature))) return () => none;
  return (one) => {
    const needed = one.calls.flatMap((call) => [...featuresOf(call, fixed, release)]);
    return [...new Set(needed)].filter((feature) => !supports.has(feature));
  };
};

const none: readonly Feature[] = [];
