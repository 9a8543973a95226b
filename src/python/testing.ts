/* For the tests in this folder: asks real Pythons about values that are drawn from a fixed seed. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import type { Interpreter } from '../../fixtures/interpreters.ts';
import type { Scope } from '../../properties/scope.ts';
import { toLine, type Json } from '../conformance/codec.ts';
import { packageRoot } from '../conformance/package.ts';
import { newestKnown, releaseOf } from './releases.ts';

/** The newest release, with no fixed state. */
export const newestScope: Scope = { release: releaseOf(newestKnown), platform: 'posix', fixed: {} };

/** The same inputs in each run, so that a difference between two runs is one between two Pythons. */
export const drawn = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { seed: 20261122, numRuns: count });

const before = `
import json, runpy, sys
adapter = runpy.run_path(sys.argv[1], run_name="adapter")
value, encode = adapter["value"], adapter["encode"]

def points(text):
    return [ord(character) for character in text]
`;
const after = `
json.dump([answer(one) for one in json.load(sys.stdin)], sys.stdout)
`;

/**
 * An interpreter's answers to the questions.
 *
 * @param script Python code that defines `answer(question)`. It can use the adapter's `value` and `encode`, and
 *   `points`, which converts a text to a list of code points
 */
export async function askPython<T>(
  { executable }: Interpreter,
  script: string,
  questions: readonly Json[],
): Promise<T[]> {
  const adapter = join(packageRoot(), 'src', 'adapters', 'python.py');
  const running = promisify(execFile)(executable, ['-I', '-c', before + script + after, adapter], {
    maxBuffer: 1 << 28,
  });
  running.child.stdin?.end(toLine(questions));
  return JSON.parse((await running).stdout) as T[];
}
