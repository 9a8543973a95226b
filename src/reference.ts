import { cacheFromSource } from './cache-from-source.ts';
import { callBack, type Answered, type Call } from './python/call.ts';
import { Thrown, type Warning } from './python/exceptions.ts';
import { platforms, type State, type Target } from './python/interpreter.ts';
import { turningPoints } from './python/releases.ts';
import { str, type Str } from './python/text.ts';
import type { CallRecord } from './record.ts';
import { sourceFromCache } from './source-from-cache.ts';

export type { Target } from './python/interpreter.ts';

/** Each release at which something changed, on each platform. What holds for these holds for all. */
export const everyTarget = (): Target[] =>
  platforms.flatMap((platform) => turningPoints().map((version) => ({ version, platform })));

/**
 * The outcome of a call of either function according to the specification.
 *
 * @param record filled with the intermediate results
 */
export function answer(call: Call, target: Target, record?: CallRecord): Answered {
  const warnings: Warning[] = [];
  try {
    const value =
      call.function === undefined
        ? cacheFromSource(call, target, warnings, record)
        : sourceFromCache(call, target, record);
    return { kind: 'return', value, warnings };
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    if (record) record.origin = error.origin;
    const { type, text: message, origin } = error;
    return origin === 'incidental'
      ? { kind: 'raise', type, message, incidental: true, warnings }
      : { kind: 'raise', type, message, warnings };
  }
}

/** An outcome, with the intermediate results. */
export type Recorded = { readonly outcome: Answered; readonly record: CallRecord };

export function recorded(call: Call, target: Target): Recorded {
  const record: CallRecord = {};
  return { outcome: answer(call, target, record), record };
}

/**
 * Whether a path looks like a result of `cache_from_source` rather than a source: a `.pyc` or `.pyo` file in a cache
 * folder or below the prefix.
 */
export function isOfBytecode(path: Str, state: State, target: Target): boolean {
  if (!/\.py[co]$/.test(path.units)) return false;
  const { record } = recorded(callBack({ ...state, cacheTag: anyTag }, path), target);
  return record.found_in_pycache_prefix === true || record.pycache?.is('__pycache__') === true;
}

const anyTag = str('T');
