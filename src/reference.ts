import { cacheFromSource } from './cache-from-source.ts';
import type { Cite, Onlooker } from './onlooker.ts';
import type { Answered, Call } from './python/call.ts';
import { PythonError, type Warning } from './python/exceptions.ts';
import { platforms, type Platform } from './python/interpreter.ts';
import { live } from './python/objects.ts';
import { releaseOf, turningPoints, type Version } from './python/releases.ts';

/** Which interpreter, apart from the state that travels with a call. */
export type Target = { readonly version: Version; readonly platform: Platform };

/** Each release at which something changed, on each platform: what holds of these holds of all. */
export const everyTarget = (): Target[] =>
  platforms.flatMap((platform) => turningPoints().map((version) => ({ version, platform })));

/**
 * What the specification says comes back of a call.
 *
 * @param cite told the id of each rule that decides it, in the order of the steps
 * @param cut told where the path is cut
 */
export function answer(call: Call, target: Target, cite?: Cite, cut?: Onlooker['cut']): Answered {
  const warnings: Warning[] = [];
  const onlooker = {
    cite,
    cut,
    warn: (category: string, message: NonNullable<Warning['message']>): void => {
      warnings.push({ category, message });
    },
  };
  const { version, platform } = target;
  const { unicode } = releaseOf(version);
  const { cacheTag, optimize, pycachePrefix, cwd } = call.state;
  const interpreter = { version, platform, cacheTag, optimize, pycachePrefix, cwd };
  // Nobody sees where the specification raises, and to find that out costs more than all the rest.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const value = cacheFromSource(
      call.args.map((value) => live(value, unicode)),
      call.kwargs.map(([name, value]) => [name, live(value, unicode)] as const),
      interpreter,
      onlooker,
    );
    return { kind: 'return', value, warnings };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { kind: 'raise', type: error.type, message: error.text, warnings };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** How a call is answered. */
export type Trace = {
  readonly outcome: Answered;
  /** The ids of the rules that decide it, each once, in the order of the steps. */
  readonly rules: readonly string[];
  /** Where the path is cut, if it comes to that: offsets in UTF-16 units. */
  readonly separator?: number;
  readonly dot?: number;
};

export function trace(call: Call, target: Target): Trace {
  const rules = new Set<string>();
  const cuts: { separator?: number; dot?: number } = {};
  const outcome = answer(
    call,
    target,
    (rule, condition) => {
      if (condition?.() ?? true) rules.add(rule);
    },
    (at, offset) => {
      cuts[at] = offset;
    },
  );
  return { outcome, rules: [...rules], ...cuts };
}

/** @see Trace.rules */
export const rulesThatDecide = (call: Call, target: Target): readonly string[] => trace(call, target).rules;
