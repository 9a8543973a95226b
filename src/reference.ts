import { cacheFromSource, type Cite } from './cache-from-source.ts';
import type { Answered, Call } from './python/call.ts';
import { PythonError, type Warning } from './python/exceptions.ts';
import type { Platform } from './python/interpreter.ts';
import { live } from './python/objects.ts';
import { releaseOf, type Version } from './python/releases.ts';

/** Which interpreter, apart from the state that travels with a call. */
export type Target = { readonly version: Version; readonly platform: Platform };

/**
 * What the specification says comes back of a call.
 *
 * @param cite told the id of each rule that decides it, in the order of the steps
 */
export function answer(call: Call, target: Target, cite: Cite = ignore): Answered {
  const warnings: Warning[] = [];
  const onlooker = {
    cite,
    warn: (category: string, message: NonNullable<Warning['message']>): void => {
      warnings.push({ category, message });
    },
  };
  const { unicode } = releaseOf(target.version);
  try {
    const value = cacheFromSource(
      call.args.map((value) => live(value, unicode)),
      call.kwargs.map(([name, value]) => [name, live(value, unicode)] as const),
      { ...call.state, ...target },
      onlooker,
    );
    return { kind: 'return', value, warnings };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { kind: 'raise', type: error.type, message: error.text, warnings };
  }
}

/** The ids of the rules that decide a call, each once, in the order of the steps. */
export function rulesThatDecide(call: Call, target: Target): string[] {
  const cited = new Set<string>();
  answer(call, target, (rule, condition) => {
    if (condition?.() ?? true) cited.add(rule);
  });
  return [...cited];
}

const ignore = (): void => {};
